package dev.jarvis.control.rerate;

import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.TokenClass;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** The SQL of records that are rated again. Every method runs in its caller's transaction. */
final class RecordTable {
    /** Effective records of one deployment that were or would be charged, from one on. */
    private static final String PAGE = """
            SELECT day, attempt_id, user_id, outcome, billing, first_content_ms, input_tokens, cache_read_tokens,
                   cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_in_tokens,
                   audio_out_tokens, image_in_tokens, input_low, output_low, units, service_tier, currency, cost_nano,
                   user_cost_nano, cost_lines, price_version
            FROM llm_usage_effective
            WHERE deployment_id = :deployment
              AND day BETWEEN :firstDay AND :lastDay AND started_at >= :from AND started_at < :to
              AND billing IN ('exact', 'estimated')
              AND (CAST(:ofVersion AS bigint) IS NULL OR price_version = :ofVersion)
              AND (day, attempt_id) > (:afterDay, :afterAttempt)
            ORDER BY day, attempt_id
            LIMIT :limit
            """;

    private static final String CORRECT = """
            SELECT correct_usage(r.attempt, r.changes, :reason, :batch)
            FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(attempt uuid, changes jsonb)
            """;

    /** Where a page begins: after this record. */
    record Cursor(LocalDate day, UUID attempt) {
        static Cursor before(LocalDate day) {
            return new Cursor(day, new UUID(0, 0));
        }
    }

    private RecordTable() {}

    static List<RatedRecord> page(Handle handle, ReRateRequest request, UUID deployment, Cursor after, int limit) {
        return handle.createQuery(PAGE)
                .bind("deployment", deployment)
                .bind("firstDay", LocalDate.ofInstant(request.from(), ZoneOffset.UTC))
                .bind("lastDay", LocalDate.ofInstant(request.to(), ZoneOffset.UTC))
                .bind("from", request.from().atOffset(ZoneOffset.UTC))
                .bind("to", request.to().atOffset(ZoneOffset.UTC))
                .bind(
                        "ofVersion",
                        request.ofVersion().isPresent() ? request.ofVersion().getAsLong() : null)
                .bind("afterDay", after.day())
                .bind("afterAttempt", after.attempt())
                .bind("limit", limit)
                .map((row, context) -> record(row))
                .list();
    }

    /** Writes corrections, each with its row that supersedes; repeating a batch changes nothing. */
    static void correct(Handle handle, Map<UUID, RatedRecord.Rating> ratings, String reason, String batch) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        ratings.forEach((attempt, rating) -> rows.addObject()
                .put("attempt", attempt.toString())
                .putObject("changes")
                .put("price_version", rating.priceVersion())
                .put("currency", rating.currency().name())
                .put("cost_nano", rating.costNano())
                .put("user_cost_nano", rating.userCostNano())
                .set("cost_lines", Json.MAPPER.readTree(rating.costLines())));
        handle.createQuery(CORRECT)
                .bind("rows", rows.toString())
                .bind("reason", reason)
                .bind("batch", batch)
                .mapTo(UUID.class)
                .list();
    }

    private static RatedRecord record(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        row.getInt("first_content_ms");
        boolean noContent = row.wasNull();
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        for (TokenClass tokenClass : TokenClass.values()) {
            tokens.put(tokenClass, row.getLong(column(tokenClass)));
        }
        long version = row.getLong("price_version");
        OptionalLong priceVersion = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(version);
        return new RatedRecord(
                row.getObject("day", LocalDate.class),
                row.getObject("attempt_id", UUID.class),
                row.getObject("user_id", UUID.class),
                tokens,
                units(row.getString("units")),
                row.getString("service_tier"),
                outcome.equals("interrupted"),
                noContent && (outcome.equals("failed") || outcome.equals("truncated")),
                Map.of(TokenClass.INPUT, row.getLong("input_low"), TokenClass.OUTPUT, row.getLong("output_low")),
                priceVersion,
                Currency.valueOf(row.getString("currency")),
                row.getLong("cost_nano"),
                row.getLong("user_cost_nano"),
                row.getString("cost_lines"));
    }

    private static String column(TokenClass tokenClass) {
        return tokenClass.code() + "_tokens";
    }

    private static Map<CountedUnit, Long> units(String text) {
        Map<CountedUnit, Long> units = new EnumMap<>(CountedUnit.class);
        for (Map.Entry<String, JsonNode> unit : Json.MAPPER.readTree(text).properties()) {
            CountedUnit.of(unit.getKey())
                    .ifPresent(known -> units.put(known, unit.getValue().longValue()));
        }
        return units;
    }
}
