package dev.jarvis.control.usage;

import dev.jarvis.control.input.QueryParameters;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** What a report is to show. */
record UsageQuestion(TimeRange range, Set<Dimension> groups, UsageFilter filter) {
    private static final Set<String> OWN_PARAMETERS = Set.of("from", "to", "tz", "group_by", "model", "caller_key_id");
    private static final Set<String> ALL_PARAMETERS =
            Set.of("from", "to", "tz", "group_by", "model", "caller_key_id", "user_id", "provider", "provider_key_id");
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

    private static UsageQuestion of(QueryParameters query, Set<Dimension> allowed, UsageFilter filter, Clock clock) {
        TimeRange range = TimeRange.read(query.text("from"), query.text("to"), query.text("tz"), clock);
        Set<Dimension> groups = Dimension.read(query.text("group_by").orElse("day"), allowed);
        if (groups.contains(Dimension.HOUR)) {
            range.requireAtMost(MOST_DAYS_BY_HOUR, "hour");
        } else {
            range.requireAtMost(MOST_DAYS, "day or not at all by time");
        }
        return new UsageQuestion(range, groups, filter);
    }
}
