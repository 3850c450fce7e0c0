package dev.jarvis.gateway.route;

import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.notice.Notices;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Reads what other nodes, and this one before it started again, found out about provider keys: whole, whenever it changes. A
 * key that got a new value has no row any more.
 */
public final class KeyHealthReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyHealthReader.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String RESTING = """
            SELECT h.key_id, h.state, h.reason, h.since, h.until
              FROM provider_key_health h
             WHERE h.until > now()
            """;

    private record Row(UUID keyId, KeyHealth.Told told) {}

    private final Jdbi jdbi;
    private final KeyHealth health;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;

    /** Starts reading at once, in the background. */
    public KeyHealthReader(Jdbi jdbi, KeyHealth health, Notices notices) {
        this.jdbi = jdbi;
        this.health = health;
        notices.subscribe("key_health", subject -> reload());
        notices.subscribe("models", subject -> reload());
        notices.subscribe("key_restored", this::restored);
        this.thread = Thread.ofVirtual().name("key-health-reader").start(this::keepFresh);
    }

    /** A notice that was missed names no key; what this node holds then ends in its own time. */
    private void restored(String keyId) {
        Uuids.canonical(keyId).ifPresent(health::restored);
        reload();
    }

    private void reload() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void keepFresh() {
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                if (!read()) {
                    Thread.sleep(PAUSE);
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean read() {
        try {
            List<Row> rows = jdbi.withHandle(handle ->
                    handle.createQuery(RESTING).map((row, context) -> row(row)).list());
            Map<UUID, KeyHealth.Told> told = new HashMap<>();
            rows.forEach(row -> told.put(row.keyId(), row.told()));
            health.told(told);
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("Key health could not be read; trying again");
            return false;
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("key_id", UUID.class),
                new KeyHealth.Told(
                        KeyState.of(row.getString("state")),
                        row.getString("reason"),
                        instant(row, "since"),
                        instant(row, "until")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
