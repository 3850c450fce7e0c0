package dev.jarvis.control.usage;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.money.Currency;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a report is to show.
 *
 * @param currency that everything is to be converted to
 * @param compared whether to show the period before beside it
 * @param order by which number, the highest first; empty: by what it is grouped by
 * @param limit of lines
 */
record UsageQuestion(
        TimeRange range,
        Set<Dimension> groups,
        UsageFilter filter,
        Optional<Currency> currency,
        boolean compared,
        Optional<String> order,
        int limit,
        boolean csv) {
    /** The most lines of a report. */
    static final int MOST_GROUPS = 20_000;

    private static final Set<String> OWN_PARAMETERS = Set.of("from", "to", "tz", "group_by", "model", "caller_key_id");
    private static final Set<String> ALL_PARAMETERS = Set.of(
            "from",
            "to",
            "tz",
            "group_by",
            "model",
            "caller_key_id",
            "user_id",
            "team_id",
            "provider",
            "provider_key_id",
            "currency",
            "compare",
            "order",
            "limit",
            "format");
    private static final List<String> ORDERS = List.of("cost", "user_cost", "requests", "attempts", "total_tokens");
    private static final int MOST_DAYS_BY_HOUR = 400;
    private static final int MOST_DAYS = 4_000;

    /**
     * About the caller's own usage, whatever key or token it is asked with.
     *
     * @throws Refusal 400 {@code invalid_range}, {@code invalid_parameter} or {@code unknown_parameter}
     */
    static UsageQuestion own(Call call, Clock clock) {
        QueryParameters query = new QueryParameters(call, OWN_PARAMETERS);
        UsageFilter filter = new UsageFilter(
                Optional.of(call.caller().userId()),
                Optional.empty(),
                query.id("caller_key_id"),
                query.text("model"),
                Optional.empty(),
                Optional.empty());
        return of(query, Dimension.OWN, filter, clock);
    }

    /** About everyone's. */
    static UsageQuestion all(Call call, Clock clock) {
        QueryParameters query = new QueryParameters(call, ALL_PARAMETERS);
        UsageFilter filter = new UsageFilter(
                query.id("user_id"),
                query.id("team_id"),
                query.id("caller_key_id"),
                query.text("model"),
                query.text("provider"),
                query.id("provider_key_id"));
        return of(query, Dimension.ALL, filter, clock);
    }

    TimeBuckets buckets() {
        if (groups.contains(Dimension.DAY)) {
            return TimeBuckets.days(range);
        }
        return groups.contains(Dimension.HOUR) ? TimeBuckets.hours(range) : TimeBuckets.none();
    }

    /** The same about the period before. */
    UsageQuestion before() {
        return new UsageQuestion(range.before(), groups, filter, currency, false, order, limit, csv);
    }

    private static UsageQuestion of(QueryParameters query, Set<Dimension> allowed, UsageFilter filter, Clock clock) {
        TimeRange range = TimeRange.read(query.text("from"), query.text("to"), query.text("tz"), clock);
        Set<Dimension> groups = Dimension.read(query.text("group_by").orElse("day"), allowed);
        if (groups.contains(Dimension.HOUR)) {
            range.requireAtMost(MOST_DAYS_BY_HOUR, "hour");
        } else {
            range.requireAtMost(MOST_DAYS, "day or not at all by time");
        }
        return new UsageQuestion(
                range,
                groups,
                filter,
                query.choice(
                                "currency",
                                Arrays.stream(Currency.values()).map(Enum::name).toList())
                        .map(Currency::valueOf),
                query.choice("compare", List.of("previous")).isPresent(),
                query.choice("order", ORDERS),
                query.integer("limit", 1, MOST_GROUPS, MOST_GROUPS),
                query.choice("format", List.of("json", "csv")).equals(Optional.of("csv")));
    }
}
