package dev.jarvis.control.ratelimit;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The SQL that writes rate limits, and the columns that a {@link RateLimit} is read from. */
final class RateLimitTable {
    static final String COLUMNS = """
             scope, subject_id, requests_per_minute, tokens_per_minute, concurrent_requests, updated_at,
             CASE scope
                 WHEN 'team' THEN (SELECT t.name FROM teams t WHERE t.id = rate_limits.subject_id)
                 WHEN 'user' THEN (SELECT u.username FROM users u WHERE u.id = rate_limits.subject_id)
                 WHEN 'caller_key' THEN (SELECT k.name FROM caller_keys k WHERE k.id = rate_limits.subject_id)
                 WHEN 'model' THEN (SELECT m.model_id FROM llm_models m WHERE m.id = rate_limits.subject_id)
                 WHEN 'provider_key' THEN (SELECT m.model_id || ' …' || p.hint FROM provider_keys p
                                           JOIN llm_models m ON m.id = p.model_id WHERE p.id = rate_limits.subject_id)
             END AS subject_name
            """;

    static final RowMapper<RateLimit> ROW = (row, context) -> new RateLimit(
            row.getString("scope"),
            row.getObject("subject_id", UUID.class),
            row.getString("subject_name"),
            number(row, "requests_per_minute"),
            number(row, "tokens_per_minute"),
            number(row, "concurrent_requests"),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());

    private static final String PUT = """
            INSERT INTO rate_limits (scope, subject_id, requests_per_minute, tokens_per_minute, concurrent_requests)
            VALUES (:scope, :subject, :requests, :tokens, :concurrent)
            ON CONFLICT (scope, subject_id) DO UPDATE
               SET requests_per_minute = excluded.requests_per_minute, tokens_per_minute = excluded.tokens_per_minute,
                   concurrent_requests = excluded.concurrent_requests, updated_at = now()
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String LOCK =
            "SELECT" + COLUMNS + "FROM rate_limits WHERE scope = :scope AND subject_id = :subject FOR UPDATE";

    private static final String DELETE = "DELETE FROM rate_limits WHERE scope = :scope AND subject_id = :subject";

    /** Whether there is what the limit would be on. */
    private static final String EXISTS = """
            SELECT CASE CAST(:scope AS text)
                   WHEN 'team' THEN EXISTS (SELECT 1 FROM teams WHERE id = :subject)
                   WHEN 'user' THEN EXISTS (SELECT 1 FROM users WHERE id = :subject)
                   WHEN 'caller_key' THEN EXISTS (SELECT 1 FROM caller_keys WHERE id = :subject)
                   WHEN 'model' THEN EXISTS (SELECT 1 FROM llm_models WHERE id = :subject)
                   WHEN 'provider_key' THEN EXISTS (SELECT 1 FROM provider_keys WHERE id = :subject)
                   END
            """;

    private RateLimitTable() {}

    static boolean subjectExists(Handle handle, String scope, UUID subject) {
        return handle.createQuery(EXISTS)
                .bind("scope", scope)
                .bind("subject", subject)
                .mapTo(Boolean.class)
                .one();
    }

    static RateLimit put(Handle handle, String scope, UUID subject, RateLimitFields fields) {
        return handle.createQuery(PUT)
                .bind("scope", scope)
                .bind("subject", subject)
                .bindByType("requests", number(fields.requestsPerMinute()), Long.class)
                .bindByType("tokens", number(fields.tokensPerMinute()), Long.class)
                .bindByType("concurrent", number(fields.concurrentRequests()), Long.class)
                .map(ROW)
                .one();
    }

    static Optional<RateLimit> lock(Handle handle, String scope, UUID subject) {
        return handle.createQuery(LOCK)
                .bind("scope", scope)
                .bind("subject", subject)
                .map(ROW)
                .findOne();
    }

    static void delete(Handle handle, String scope, UUID subject) {
        handle.createUpdate(DELETE)
                .bind("scope", scope)
                .bind("subject", subject)
                .execute();
    }

    private static @Nullable Long number(OptionalInt value) {
        return value.isPresent() ? Long.valueOf(value.getAsInt()) : null;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
