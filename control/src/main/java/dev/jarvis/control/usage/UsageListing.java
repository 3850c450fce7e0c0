package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The SQL of the reports. One statement, so that rollups and records are read from one snapshot: an attempt that is
 * shipped meanwhile is in both or in neither.
 */
final class UsageListing {
    /**
     * {@code used} is the rollups of the hours that nothing cuts, and the effective records of those that something
     * does. A record's day is that of its attempt id, which is made just before it starts; the day's bounds let
     * PostgreSQL leave out the other partitions.
     */
    private static final String REPORT = """
            WITH cut AS MATERIALIZED (
                SELECT hour, CAST(hour AT TIME ZONE 'UTC' AS date) AS day FROM unnest(CAST(:cutHours AS timestamptz[])) AS hour
            ), used AS (
                SELECT hour AS at, user_id, caller_key_id, model, provider, provider_key_id, currency,
                       requests, attempts, completed, estimated,
                       input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,
                       reasoning_tokens, audio_in_tokens, audio_out_tokens, image_in_tokens, cost_nano, user_cost_nano
                FROM llm_usage_hourly
                WHERE hour >= :from AND hour < :to AND hour <> ALL (CAST(:cutHours AS timestamptz[]))
                UNION ALL
                SELECT started_at, user_id, caller_key_id, model, provider, provider_key_id, currency,
                       CASE WHEN last_of_request THEN 1 ELSE 0 END, 1, CASE WHEN outcome = 'completed' THEN 1 ELSE 0 END,
                       CASE WHEN billing IN ('estimated', 'unknown') THEN 1 ELSE 0 END,
                       input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,
                       reasoning_tokens, audio_in_tokens, audio_out_tokens, image_in_tokens, cost_nano, user_cost_nano
                FROM cut
                JOIN llm_usage AS u ON u.started_at >= cut.hour AND u.started_at < cut.hour + interval '1 hour'
                                   AND u.day BETWEEN cut.day - 1 AND cut.day + 1
                WHERE u.started_at >= :from AND u.started_at < :to
                  AND NOT EXISTS (SELECT 1 FROM llm_usage AS correction WHERE correction.supersedes = u.attempt_id)
            ), grouped AS (
                SELECT CASE WHEN :byTime THEN width_bucket(at, CAST(:starts AS timestamptz[])) - 1 END AS bucket,
                       CASE WHEN :byModel THEN model END AS model,
                       CASE WHEN :byUser THEN user_id END AS user_id,
                       CASE WHEN :byKey THEN nullif(caller_key_id, :nobody) END AS caller_key_id,
                       CASE WHEN :byProvider THEN provider END AS provider,
                       CASE WHEN :byProviderKey THEN nullif(provider_key_id, :nobody) END AS provider_key_id,
                       currency,
                       sum(requests) AS requests, sum(attempts) AS attempts, sum(completed) AS completed,
                       sum(estimated) AS estimated,
                       sum(input_tokens) AS input, sum(cache_read_tokens) AS cache_read,
                       sum(cache_write_5m_tokens) AS cache_write_5m, sum(cache_write_1h_tokens) AS cache_write_1h,
                       sum(output_tokens) AS output, sum(reasoning_tokens) AS reasoning, sum(audio_in_tokens) AS audio_in,
                       sum(audio_out_tokens) AS audio_out, sum(image_in_tokens) AS image_in,
                       sum(cost_nano) AS cost_nano, sum(user_cost_nano) AS user_cost_nano
                FROM used
                WHERE (CAST(:userId AS uuid) IS NULL OR user_id = CAST(:userId AS uuid))
                  AND (CAST(:callerKeyId AS uuid) IS NULL OR caller_key_id = CAST(:callerKeyId AS uuid))
                  AND (CAST(:model AS text) IS NULL OR model = CAST(:model AS text))
                  AND (CAST(:provider AS text) IS NULL OR provider = CAST(:provider AS text))
                  AND (CAST(:providerKeyId AS uuid) IS NULL OR provider_key_id = CAST(:providerKeyId AS uuid))
                GROUP BY 1, 2, 3, 4, 5, 6, 7
            )
            SELECT grouped.*, users.username, caller_keys.name AS caller_key_name, provider_keys.hint AS provider_key_hint
            FROM grouped
            LEFT JOIN users ON users.id = grouped.user_id
            LEFT JOIN caller_keys ON caller_keys.id = grouped.caller_key_id
            LEFT JOIN provider_keys ON provider_keys.id = grouped.provider_key_id
            ORDER BY bucket, model, username, user_id, caller_key_id, provider, provider_key_id, currency
            LIMIT :most
            """;

    /** In rollups, no key is this. */
    private static final UUID NOBODY = new UUID(0, 0);

    private static final int NANO_SCALE = 9;

    private UsageListing() {}

    /** @param most groups to read */
    static List<UsageGroup> read(Handle handle, UsageQuestion question, TimeBuckets buckets, int most) {
        UsageFilter filter = question.filter();
        return handle.createQuery(REPORT)
                .bind("from", question.range().from().atOffset(ZoneOffset.UTC))
                .bind("to", question.range().to().atOffset(ZoneOffset.UTC))
                .bind("starts", array(buckets.starts()))
                .bind("cutHours", array(buckets.cutHours(question.range())))
                .bind("byTime", !buckets.starts().isEmpty())
                .bind("byModel", question.groups().contains(Dimension.MODEL))
                .bind("byUser", question.groups().contains(Dimension.USER))
                .bind("byKey", question.groups().contains(Dimension.KEY))
                .bind("byProvider", question.groups().contains(Dimension.PROVIDER))
                .bind("byProviderKey", question.groups().contains(Dimension.PROVIDER_KEY))
                .bind("nobody", NOBODY)
                .bind("userId", text(filter.userId()))
                .bind("callerKeyId", text(filter.callerKeyId()))
                .bind("model", filter.model().orElse(null))
                .bind("provider", filter.provider().orElse(null))
                .bind("providerKeyId", text(filter.providerKeyId()))
                .bind("most", most)
                .map((row, context) -> group(row))
                .list();
    }

    private static UsageGroup group(ResultSet row) throws SQLException {
        return new UsageGroup(
                Optional.ofNullable(row.getObject("bucket", Integer.class)),
                Optional.ofNullable(row.getString("model")),
                Optional.ofNullable(row.getObject("user_id", UUID.class)),
                Optional.ofNullable(row.getString("username")),
                Optional.ofNullable(row.getObject("caller_key_id", UUID.class)),
                Optional.ofNullable(row.getString("caller_key_name")),
                Optional.ofNullable(row.getString("provider")),
                Optional.ofNullable(row.getObject("provider_key_id", UUID.class)),
                Optional.ofNullable(row.getString("provider_key_hint")),
                row.getString("currency"),
                counts(row));
    }

    private static UsageCounts counts(ResultSet row) throws SQLException {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            tokens.put(tokenClass, row.getLong(tokenClass.code()));
        }
        return new UsageCounts(
                row.getLong("requests"),
                row.getLong("attempts"),
                row.getLong("completed"),
                row.getLong("estimated"),
                tokens,
                money(row.getBigDecimal("cost_nano")),
                money(row.getBigDecimal("user_cost_nano")));
    }

    private static BigDecimal money(BigDecimal nano) {
        return nano.movePointLeft(NANO_SCALE);
    }

    /** An array literal: dates have no character that it would have to quote. */
    private static String array(List<Instant> moments) {
        return moments.stream().map(Instant::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse(null);
    }
}
