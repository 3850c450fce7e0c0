package dev.jarvis.control.record;

import dev.jarvis.control.usage.TimeRange;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.QueryParameters;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which records are wanted, and where the page begins; what is {@code null} is not limited.
 *
 * @param outcomes any of them; empty: whatever came of it
 * @param minCostNano of what the operator pays, in nano-units of the record's own currency
 * @param after only records older than this one
 */
record RecordFilter(
        TimeRange range,
        @Nullable UUID userId,
        @Nullable UUID teamId,
        @Nullable UUID callerKeyId,
        @Nullable String model,
        @Nullable String provider,
        @Nullable UUID providerKeyId,
        List<String> outcomes,
        @Nullable String billing,
        @Nullable Integer status,
        @Nullable String requestId,
        @Nullable String errorCode,
        @Nullable Long minCostNano,
        @Nullable UUID after,
        int limit,
        boolean csv) {
    private static final Set<String> OWN = Set.of(
            "from",
            "to",
            "tz",
            "caller_key_id",
            "model",
            "outcome",
            "billing",
            "status",
            "request_id",
            "after",
            "limit",
            "format");
    private static final Set<String> ALL = Set.of(
            "from",
            "to",
            "tz",
            "user_id",
            "team_id",
            "caller_key_id",
            "model",
            "provider",
            "provider_key_id",
            "outcome",
            "billing",
            "status",
            "request_id",
            "error_code",
            "min_cost",
            "after",
            "limit",
            "format");
    private static final List<String> OUTCOMES =
            List.of("completed", "client_gone", "failed", "truncated", "rejected", "not_sent", "interrupted");
    private static final List<String> BILLINGS = List.of("exact", "estimated", "unknown", "none");
    private static final int MOST = 500;
    private static final int USUAL = 50;
    private static final int NANO_SCALE = 9;

    /**
     * The caller's own.
     *
     * @throws Refusal 400 {@code invalid_range}, {@code invalid_parameter} or {@code unknown_parameter}
     */
    static RecordFilter own(Call call, Clock clock) {
        return of(new QueryParameters(call, OWN), call.caller().userId(), clock);
    }

    /** Everyone's. */
    static RecordFilter all(Call call, Clock clock) {
        QueryParameters query = new QueryParameters(call, ALL);
        return of(query, query.id("user_id").orElse(null), clock);
    }

    /** The same, from where the last page ended. */
    RecordFilter from(UUID last) {
        return part(last, limit);
    }

    /** The same in pages of another size. */
    RecordFilter ofSize(int size) {
        return part(after, size);
    }

    private RecordFilter part(@Nullable UUID last, int size) {
        return new RecordFilter(
                range,
                userId,
                teamId,
                callerKeyId,
                model,
                provider,
                providerKeyId,
                outcomes,
                billing,
                status,
                requestId,
                errorCode,
                minCostNano,
                last,
                size,
                csv);
    }

    private static RecordFilter of(QueryParameters query, @Nullable UUID userId, Clock clock) {
        int status = query.integer("status", 0, 599, 0);
        return new RecordFilter(
                TimeRange.read(query.text("from"), query.text("to"), query.text("tz"), clock),
                userId,
                query.id("team_id").orElse(null),
                query.id("caller_key_id").orElse(null),
                query.text("model").orElse(null),
                query.text("provider").orElse(null),
                query.id("provider_key_id").orElse(null),
                query.choices("outcome", OUTCOMES),
                query.choice("billing", BILLINGS).orElse(null),
                status == 0 ? null : status,
                query.text("request_id").orElse(null),
                query.text("error_code").orElse(null),
                minCost(query.text("min_cost")),
                query.id("after").orElse(null),
                query.integer("limit", 1, MOST, USUAL),
                query.choice("format", List.of("json", "csv")).equals(Optional.of("csv")));
    }

    private static @Nullable Long minCost(Optional<String> text) {
        return text.map(digits -> {
                    if (!digits.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
                        throw Refusal.badRequest(
                                "invalid_parameter", "'min_cost' must be an amount like 0.05.", "min_cost");
                    }
                    return new BigDecimal(digits).movePointRight(NANO_SCALE).longValueExact();
                })
                .orElse(null);
    }
}
