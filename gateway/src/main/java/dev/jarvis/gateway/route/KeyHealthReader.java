package dev.jarvis.gateway.route;

import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.gateway.provider.KeyTrouble;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.notice.Notices;
import dev.jarvis.platform.notice.Reloader;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads what other nodes, and this one before it started again, found out about provider keys: whole, whenever it changes. A
 * key that got a new value has no row any more.
 */
public final class KeyHealthReader implements AutoCloseable {
    private static final String RESTING = """
            SELECT h.key_id, h.state, h.reason_code, h.reason, h.since, h.until
              FROM provider_key_health h
             WHERE h.until > now()
            """;

    private record Row(UUID keyId, KeyHealth.Told told) {}

    private final Jdbi jdbi;
    private final KeyHealth health;
    private final Reloader reloader;

    /** Starts reading at once, in the background. */
    public KeyHealthReader(Jdbi jdbi, KeyHealth health, Notices notices) {
        this.jdbi = jdbi;
        this.health = health;
        this.reloader = new Reloader("states of provider keys", this::read);
        notices.subscribe("key_health", subject -> reloader.reload());
        notices.subscribe("models", subject -> reloader.reload());
        notices.subscribe("key_restored", this::restored);
        reloader.start();
    }

    /** A notice that was missed names no key; what this node holds then ends in its own time. */
    private void restored(String keyId) {
        Uuids.canonical(keyId).ifPresent(health::restored);
        reloader.reload();
    }

    private void read() {
        List<Row> rows = jdbi.withHandle(handle ->
                handle.createQuery(RESTING).map((row, context) -> row(row)).list());
        Map<UUID, KeyHealth.Told> told = new HashMap<>();
        rows.forEach(row -> told.put(row.keyId(), row.told()));
        health.told(told);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("key_id", UUID.class),
                new KeyHealth.Told(
                        new KeyTrouble(
                                KeyState.of(row.getString("state")),
                                row.getString("reason_code"),
                                row.getString("reason")),
                        instant(row, "since"),
                        instant(row, "until")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public void close() {
        reloader.close();
    }
}
