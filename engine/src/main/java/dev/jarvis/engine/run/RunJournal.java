package dev.jarvis.engine.run;

import dev.jarvis.engine.conversation.Conversations;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Writes what a run does and tells. Events are stored in one transaction with what they tell of. Pieces of text are gathered
 * and stored when nothing more is there to be read, or when storing them has become cheap again. Nothing is written once the
 * run is another engine's. Of one thread.
 */
final class RunJournal {
    /** Storing pieces may take up to this share of a run's time. */
    private static final int PAUSE_FACTOR = 4;

    private static final long LONGEST_WAIT = Duration.ofMillis(250).toNanos();

    private final Jdbi jdbi;
    private final EventHub hub;
    private final UUID run;
    private final Lease lease;
    private final List<Event> pending = new ArrayList<>();
    private final List<Consumer<Handle>> next = new ArrayList<>();
    private final StringBuilder gathered = new StringBuilder();
    private String gatheredType = "";
    private int gatheredStep;
    private int last;
    private long nextFlush;

    RunJournal(Jdbi jdbi, EventHub hub, UUID run, Lease lease) {
        this.jdbi = jdbi;
        this.hub = hub;
        this.run = run;
        this.lease = lease;
        this.last = jdbi.withHandle(handle -> EventTable.last(handle, run));
    }

    /** Tells something with the next write. */
    void tell(String type, Map<String, ?> data) {
        endGathering();
        add(type, data);
    }

    /** Tells a piece of text; neighbours become one event. */
    void tellPiece(String type, int step, String piece) {
        if (!gatheredType.equals(type) || gatheredStep != step) {
            endGathering();
            gatheredType = type;
            gatheredStep = step;
        }
        gathered.append(piece);
    }

    /** Stores what was told, if that is worth a transaction by now. Losing such pieces in a crash loses nothing else. */
    void flushPieces() {
        if (gathered.isEmpty()) {
            return;
        }
        // What comes meanwhile is gathered with it; without waiting, the last piece before a silence would stay untold.
        LockSupport.parkNanos(Math.min(nextFlush - System.nanoTime(), LONGEST_WAIT));
        long now = System.nanoTime();
        endGathering();
        store(null, handle -> handle.execute("SET LOCAL synchronous_commit = off"));
        long after = System.nanoTime();
        nextFlush = after + (after - now) * PAUSE_FACTOR;
    }

    /** Stores something together with everything told so far. @throws LostLeaseException if the run is another engine's by now */
    void write(Consumer<Handle> statements) {
        writeIn(null, statements);
    }

    /**
     * The same for what a conversation gets too. It is locked before the run, in the order of whoever deletes it with its runs.
     *
     * @param conversation {@code null}: none
     */
    void writeIn(@Nullable UUID conversation, Consumer<Handle> statements) {
        endGathering();
        store(conversation, statements);
    }

    /**
     * Stores something with the next write, which comes at once: a step's end with the beginning of the one after it, in one
     * transaction and not two.
     */
    void writeNext(Consumer<Handle> statements) {
        next.add(statements);
    }

    private void store(@Nullable UUID conversation, Consumer<Handle> statements) {
        jdbi.useTransaction(handle -> {
            if (conversation != null) {
                Conversations.lock(handle, conversation);
            }
            lease.hold(handle);
            next.forEach(earlier -> earlier.accept(handle));
            statements.accept(handle);
            if (!pending.isEmpty()) {
                EventTable.insert(handle, run, pending);
            }
        });
        next.clear();
        List<Event> told = List.copyOf(pending);
        pending.clear();
        if (!told.isEmpty()) {
            hub.tell(run, told);
        }
    }

    private void endGathering() {
        if (!gathered.isEmpty()) {
            String text = gathered.toString();
            gathered.setLength(0);
            add(gatheredType, Map.of("step", gatheredStep, "text", text));
        }
    }

    private void add(String type, Map<String, ?> data) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", type);
        all.put("run_id", run);
        all.put("at", Instant.now().toString());
        all.putAll(data);
        pending.add(new Event(++last, type, Json.MAPPER.writeValueAsString(all)));
    }
}
