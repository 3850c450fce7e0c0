package dev.jarvis.control.record;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads effective records, newest first. The order is that of the partitions and of an index in each of them, so a page
 * ends as soon as it is full, whatever the size of the table; there is no OFFSET and no count.
 */
final class RecordListing {
    /**
     * A record's day is that of its attempt id; bounds on it let PostgreSQL leave out the other partitions. Filters that
     * are NULL vanish when the statement is planned, which is why it must be planned with its values.
     */
    private static final String PAGE = """
                (SELECT u.* FROM llm_usage u
                WHERE u.day BETWEEN :firstDay AND :lastDay
                  AND u.started_at >= :from AND u.started_at < :to
                  AND (CAST(:after AS uuid) IS NULL OR (u.day, u.attempt_id) < (usage_day(CAST(:after AS uuid)), CAST(:after AS uuid)))
                  AND (CAST(:userId AS uuid) IS NULL OR u.user_id = CAST(:userId AS uuid))
                  AND (CAST(:teamId AS uuid) IS NULL OR u.team_id = CAST(:teamId AS uuid))
                  AND (CAST(:callerKeyId AS uuid) IS NULL OR u.caller_key_id = CAST(:callerKeyId AS uuid))
                  AND (CAST(:model AS text) IS NULL OR u.model = CAST(:model AS text))
                  AND (CAST(:provider AS text) IS NULL OR u.provider = CAST(:provider AS text))
                  AND (CAST(:providerKeyId AS uuid) IS NULL OR u.provider_key_id = CAST(:providerKeyId AS uuid))
                  AND %s
                  AND (CAST(:billing AS text) IS NULL OR u.billing = CAST(:billing AS text))
                  AND (CAST(:status AS integer) IS NULL OR u.http_status = CAST(:status AS integer))
                  AND (CAST(:requestId AS text) IS NULL OR u.request_id = CAST(:requestId AS text))
                  AND (CAST(:errorCode AS text) IS NULL OR u.error_code = CAST(:errorCode AS text))
                  AND (CAST(:minCost AS bigint) IS NULL OR u.cost_nano >= CAST(:minCost AS bigint))
                  AND NOT EXISTS (SELECT 1 FROM llm_usage c WHERE c.day = u.day AND c.supersedes = u.attempt_id)
                ORDER BY u.day DESC, u.attempt_id DESC
                LIMIT :limit)
            """;

    private static final String RECORD = """
            SELECT u.attempt_id AS row_id, coalesce(u.corrects, u.attempt_id) AS attempt_id, u.request_id, u.attempt_number,
                   u.started_at, u.user_id, users.username, u.team_id, teams.name AS team_name, u.caller_key_id,
                   caller_keys.name AS caller_key_name, caller_keys.display_hint AS caller_key_hint, u.model, u.deployment_id,
                   u.provider, u.provider_key_id, u.provider_key_hint, u.upstream_model, u.served_model, u.operation,
                   u.streamed, u.outcome, u.billing, u.http_status AS status, u.error_code, u.input_tokens,
                   u.cache_read_tokens, u.cache_write_5m_tokens, u.cache_write_1h_tokens, u.output_tokens, u.reasoning_tokens,
                   u.audio_in_tokens, u.audio_out_tokens, u.image_in_tokens,
                   u.input_tokens + u.cache_read_tokens + u.cache_write_5m_tokens + u.cache_write_1h_tokens + u.output_tokens
                       + u.reasoning_tokens + u.audio_in_tokens + u.audio_out_tokens + u.image_in_tokens AS total_tokens,
                   u.cost_nano, u.user_cost_nano, u.currency, u.price_version, u.first_content_ms, u.duration_ms,
                   u.request_bytes, u.response_bytes, u.upstream_request_id, u.supersedes IS NOT NULL AS corrected,
                   u.cost_lines, u.input_low, u.input_high, u.output_low, u.output_high, u.recorded_at, u.correction_reason
            """;

    private static final String NAMES = """
            LEFT JOIN users ON users.id = u.user_id
            LEFT JOIN teams ON teams.id = u.team_id
            LEFT JOIN caller_keys ON caller_keys.id = u.caller_key_id
            """;

    private static final String LIST =
            RECORD + "FROM page u " + NAMES + "ORDER BY u.day DESC, u.attempt_id DESC LIMIT :limit";

    /** An attempt's rows, the effective one first: each later one supersedes the one before. */
    private static final String CHAIN = """
            WITH first AS (
                SELECT coalesce(corrects, attempt_id) AS id FROM llm_usage WHERE day = usage_day(:id) AND attempt_id = :id
            )
            """ + RECORD + """
            FROM first JOIN llm_usage u ON u.attempt_id = first.id OR u.corrects = first.id
            """ + NAMES + """
            WHERE u.day = usage_day(:id)
            ORDER BY u.recorded_at DESC
            """;

    private final Jdbi jdbi;

    /**
     * A line of the list.
     *
     * @param rowId where a page that begins after it begins
     */
    record Line(UUID rowId, Map<String, @Nullable Object> fields) {}

    RecordListing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Line> page(RecordFilter filter, boolean forOperator) {
        return jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            return bound(handle, filter)
                    .map((row, context) -> new Line(row.getObject("row_id", UUID.class), Column.read(row, forOperator)))
                    .list();
        });
    }

    /** All rows of an attempt, given the id of any of them, the effective one first. */
    List<RecordDetail.Row> chain(UUID id, boolean forOperator) {
        return jdbi.withHandle(handle -> chain(handle, id, forOperator));
    }

    static List<RecordDetail.Row> chain(Handle handle, UUID id, boolean forOperator) {
        return handle.createQuery(CHAIN)
                .bind("id", id)
                .map((row, context) -> RecordDetail.Row.read(row, forOperator))
                .list();
    }

    /**
     * A page of each outcome, and of those the newest: each is read in the order of the index of that outcome and ends when
     * it is full. One condition on several outcomes would have PostgreSQL sort all that ever failed.
     */
    private static String list(int outcomes) {
        String pages = outcomes == 0
                ? PAGE.formatted("TRUE")
                : IntStream.range(0, outcomes)
                        .mapToObj(index -> PAGE.formatted("u.outcome = CAST(:outcome" + index + " AS text)"))
                        .collect(Collectors.joining(" UNION ALL "));
        return "WITH page AS (" + pages + ") " + LIST;
    }

    private static Query bound(Handle handle, RecordFilter filter) {
        Query query = handle.createQuery(list(filter.outcomes().size()));
        for (int index = 0; index < filter.outcomes().size(); index++) {
            query.bind("outcome" + index, filter.outcomes().get(index));
        }
        return query.bind("firstDay", day(filter.range().from()).minusDays(1))
                .bind("lastDay", day(filter.range().to()).plusDays(1))
                .bind("from", filter.range().from().atOffset(ZoneOffset.UTC))
                .bind("to", filter.range().to().atOffset(ZoneOffset.UTC))
                .bind("after", text(filter.after()))
                .bind("userId", text(filter.userId()))
                .bind("teamId", text(filter.teamId()))
                .bind("callerKeyId", text(filter.callerKeyId()))
                .bind("model", filter.model())
                .bind("provider", filter.provider())
                .bind("providerKeyId", text(filter.providerKeyId()))
                .bind("billing", filter.billing())
                .bind("status", filter.status())
                .bind("requestId", filter.requestId())
                .bind("errorCode", filter.errorCode())
                .bind("minCost", filter.minCostNano())
                .bind("limit", filter.limit());
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
