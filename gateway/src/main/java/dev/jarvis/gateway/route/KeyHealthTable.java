package dev.jarvis.gateway.route;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes what happened to provider keys into {@code provider_key_health}, on a thread of its own. Only the latest news of
 * each key is kept until it is written, so the database being away costs no memory and no truth.
 */
public final class KeyHealthTable implements KeyHealth.Observer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyHealthTable.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Not of a key that got another value meanwhile. */
    private static final String SET_ASIDE = """
            INSERT INTO provider_key_health (key_id, state, reason_code, reason, since, until, node_id)
            SELECT id, :state, :code, :reason, :since, :until, :node FROM provider_keys WHERE id = :key AND hint = :hint
            ON CONFLICT (key_id) DO UPDATE
               SET state = excluded.state, reason_code = excluded.reason_code, reason = excluded.reason,
                   since = excluded.since, until = excluded.until, node_id = excluded.node_id
            """;

    private static final String CLEAR = "DELETE FROM provider_key_health WHERE key_id = :key";

    private final Jdbi jdbi;
    private final UUID nodeId;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Thread thread;
    private Map<UUID, Optional<KeyHealth.Rest>> news = new HashMap<>();

    public KeyHealthTable(Jdbi jdbi, UUID nodeId) {
        this.jdbi = jdbi;
        this.nodeId = nodeId;
        this.thread = Thread.ofVirtual().name("key-health").start(this::writeAll);
    }

    @Override
    public void resting(UUID keyId, KeyHealth.Rest rest) {
        LOG.atWarn()
                .addKeyValue("provider_key", keyId)
                .addKeyValue("state", rest.trouble().state().code())
                .addKeyValue("reason", rest.trouble().reason())
                .addKeyValue("until", rest.until())
                .log("A provider key is set aside");
        note(keyId, Optional.of(rest));
    }

    @Override
    public void healthy(UUID keyId) {
        LOG.atInfo().addKeyValue("provider_key", keyId).log("A provider key is used again");
        note(keyId, Optional.empty());
    }

    /** The lock is held for one map operation. */
    private void note(UUID keyId, Optional<KeyHealth.Rest> rest) {
        lock.lock();
        try {
            news.put(keyId, rest);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void writeAll() {
        try {
            while (true) {
                Map<UUID, Optional<KeyHealth.Rest>> batch = take();
                if (!written(batch)) {
                    giveBack(batch);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<UUID, Optional<KeyHealth.Rest>> take() throws InterruptedException {
        lock.lock();
        try {
            while (news.isEmpty()) {
                arrived.await();
            }
            Map<UUID, Optional<KeyHealth.Rest>> batch = news;
            news = new HashMap<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Map<UUID, Optional<KeyHealth.Rest>> batch) {
        lock.lock();
        try {
            batch.forEach(news::putIfAbsent);
        } finally {
            lock.unlock();
        }
    }

    private boolean written(Map<UUID, Optional<KeyHealth.Rest>> batch) {
        try {
            jdbi.useHandle(handle -> batch.forEach((keyId, news) -> news.ifPresentOrElse(
                    rest -> handle.createUpdate(SET_ASIDE)
                            .bind("key", keyId)
                            .bind("hint", rest.secret().hint())
                            .bind("state", rest.trouble().state().code())
                            .bind("code", rest.trouble().code())
                            .bind("reason", rest.trouble().reason())
                            .bind("since", rest.since().atOffset(ZoneOffset.UTC))
                            .bind("until", rest.until().atOffset(ZoneOffset.UTC))
                            .bind("node", nodeId)
                            .execute(),
                    () -> handle.createUpdate(CLEAR).bind("key", keyId).execute())));
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("Key health could not be written; trying again");
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
