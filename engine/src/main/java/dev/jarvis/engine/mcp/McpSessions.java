package dev.jarvis.engine.mcp;

import dev.jarvis.engine.mcp.client.McpException;
import dev.jarvis.engine.mcp.client.McpSession;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of runs: one of each run with each server, so that what a server keeps for one run is never seen by another. */
final class McpSessions implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration FRESH = Duration.ofMinutes(1);

    /** @param version of the server's row: one that was changed is spoken to anew */
    record Key(UUID run, UUID server, int version) {}

    /** A session and what its server listed in it. Of its run's thread. */
    static final class Kept {
        private final McpSession session;
        private Map<String, String> listed = Map.of();
        private Instant listedAt = Instant.MIN;
        private volatile Instant usedAt = Instant.now();

        Kept(McpSession session) {
            this.session = session;
        }

        McpSession session() {
            return session;
        }

        boolean isListFresh() {
            return !session.toolsChanged() && listedAt.isAfter(Instant.now().minus(FRESH));
        }

        void list(Map<String, String> now) {
            listed = now;
            listedAt = Instant.now();
        }

        boolean lists(McpToolRef ref) {
            return ref.fingerprint().equals(listed.get(ref.tool()));
        }
    }

    /** Opens one. */
    @FunctionalInterface
    interface Opener {
        McpSession open() throws McpException;
    }

    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    Kept of(Key key, Opener opener) throws McpException {
        Kept known = kept.get(key);
        if (known != null) {
            known.usedAt = Instant.now();
            return known;
        }
        Kept opened = new Kept(opener.open());
        kept.put(key, opened);
        return opened;
    }

    void drop(Key key) {
        close(kept.remove(key));
    }

    void over(UUID run) {
        kept.keySet().stream().filter(key -> key.run().equals(run)).toList().forEach(this::drop);
    }

    void closeIdle() {
        Instant unusedSince = Instant.now().minus(IDLE);
        kept.entrySet().stream()
                .filter(entry -> entry.getValue().usedAt.isBefore(unusedSince))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::drop);
    }

    private static void close(@Nullable Kept gone) {
        if (gone != null) {
            gone.session.close();
        }
    }

    @Override
    public void close() {
        kept.keySet().forEach(this::drop);
    }
}
