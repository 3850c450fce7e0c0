package dev.jarvis.control.webhook;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The SQL by which nodes share out deliveries. Times are the database's, so nodes need not agree on theirs. */
final class DeliveryTable {
    private static final RowMapper<DueDelivery> ROW = (row, context) -> new DueDelivery(
            row.getObject("id", UUID.class),
            row.getObject("webhook_id", UUID.class),
            URI.create(row.getString("url")),
            row.getBytes("sealed"),
            row.getObject("event_id", UUID.class),
            row.getString("type"),
            row.getString("payload"),
            row.getObject("raised_at", OffsetDateTime.class).toInstant(),
            row.getInt("attempts"));

    /** Whoever dies with a claim loses it after a minute, and another node sends again: at least once, not once. */
    private static final String CLAIM = """
            WITH due AS (
                SELECT d.id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
                WHERE d.status = 'pending' AND d.next_attempt_at <= clock_timestamp() AND w.enabled
                ORDER BY d.next_attempt_at
                LIMIT :most
                FOR UPDATE OF d SKIP LOCKED
            )
            UPDATE webhook_deliveries d
            SET attempts = d.attempts + 1, next_attempt_at = clock_timestamp() + interval '1 minute'
            FROM due, webhooks w, events e
            WHERE d.id = due.id AND w.id = d.webhook_id AND e.id = d.event_id
            RETURNING d.id, d.webhook_id, w.url, w.sealed, d.event_id, e.type, e.payload, e.created_at AS raised_at,
                      d.attempts
            """;

    /** Claimed from the start, and by {@code attempts} the last try: whoever tests wants an answer, not a later surprise. */
    private static final String INSERT_TEST = """
            WITH event AS (
                INSERT INTO events (id, type, subject, payload)
                VALUES (:event, 'webhook.test', CAST(:webhook AS text), jsonb_build_object('webhook_id', :webhook))
                RETURNING id, type, payload, created_at
            ), delivery AS (
                INSERT INTO webhook_deliveries (id, webhook_id, event_id, attempts, next_attempt_at)
                SELECT :id, :webhook, id, 1, clock_timestamp() + interval '1 minute' FROM event
                RETURNING id, webhook_id, event_id, attempts
            )
            SELECT d.id, d.webhook_id, w.url, w.sealed, d.event_id, e.type, e.payload, e.created_at AS raised_at, d.attempts
            FROM delivery d, event e, webhooks w
            WHERE w.id = d.webhook_id
            """;

    private static final String DELIVERED = """
            UPDATE webhook_deliveries
            SET status = 'delivered', http_status = :httpStatus, error = NULL, delivered_at = clock_timestamp()
            WHERE id = :id AND status = 'pending'
            """;

    /** Not if another node has taken over meanwhile. */
    private static final String FAILED = """
            UPDATE webhook_deliveries
            SET status = CASE WHEN CAST(:delay AS bigint) IS NULL THEN 'failed' ELSE 'pending' END,
                http_status = :httpStatus, error = :error,
                next_attempt_at = clock_timestamp() + coalesce(CAST(:delay AS bigint), 0) * interval '1 millisecond'
            WHERE id = :id AND status = 'pending' AND attempts = :attempts
            """;

    private static final String FORGET = "DELETE FROM events WHERE created_at < now() - interval '90 days'";

    private DeliveryTable() {}

    static List<DueDelivery> claim(Handle handle, int most) {
        return handle.createQuery(CLAIM).bind("most", most).map(ROW).list();
    }

    static DueDelivery insertTest(Handle handle, UUID id, UUID event, UUID webhook) {
        return handle.createQuery(INSERT_TEST)
                .bind("id", id)
                .bind("event", event)
                .bind("webhook", webhook)
                .map(ROW)
                .one();
    }

    static void delivered(Handle handle, UUID id, int httpStatus) {
        handle.createUpdate(DELIVERED)
                .bind("id", id)
                .bind("httpStatus", httpStatus)
                .execute();
    }

    /** @param again after how long; {@code null}: never */
    static void failed(
            Handle handle, DueDelivery due, @Nullable Integer httpStatus, String error, @Nullable Duration again) {
        handle.createUpdate(FAILED)
                .bind("id", due.id())
                .bind("attempts", due.attempts())
                .bind("httpStatus", httpStatus)
                .bind("error", error)
                .bind("delay", again == null ? null : Long.valueOf(again.toMillis()))
                .execute();
    }

    /** Deletes events of more than ninety days ago with their deliveries. */
    static int forget(Handle handle) {
        return handle.createUpdate(FORGET).execute();
    }
}
