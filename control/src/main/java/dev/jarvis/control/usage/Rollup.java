package dev.jarvis.control.usage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a report's numbers are read: the smallest rollups that know its dimensions. Each is a query of up to six parts: whole
 * weeks and UTC days, the last hours of those that are not folded into days yet, whole hours before and after them, and the
 * effective records of the hours that something cuts.
 */
enum Rollup {
    /** Over everyone, by what served. */
    SERVED(Sql.SERVED, Sql.SERVED_AND_RECORDS),
    /** By who pays and with which key, whatever served it. */
    PAID(Sql.PAID, Sql.PAID_AND_RECORDS),
    /** By everything. */
    WHOLE(Sql.WHOLE, Sql.WHOLE_AND_RECORDS);

    private static final Set<Dimension> SERVING = Set.of(Dimension.MODEL, Dimension.PROVIDER, Dimension.PROVIDER_KEY);

    private final String sql;
    private final String sqlWithRecords;

    Rollup(String sql, String sqlWithRecords) {
        this.sql = sql;
        this.sqlWithRecords = sqlWithRecords;
    }

    /** @param withRecords whether hours are cut; otherwise no partition is so much as planned for */
    String sql(boolean withRecords) {
        return withRecords ? sqlWithRecords : sql;
    }

    /** Whether it knows how long calls took, beside the averages. */
    boolean hasSpread() {
        return this == SERVED;
    }

    static Rollup of(UsageQuestion question) {
        UsageFilter filter = question.filter();
        boolean byPayer = question.groups().contains(Dimension.KEY)
                || filter.callerKeyId().isPresent()
                || question.groups().contains(Dimension.USER)
                || question.groups().contains(Dimension.TEAM)
                || filter.userId().isPresent()
                || filter.teamId().isPresent();
        boolean byServed = question.groups().stream().anyMatch(SERVING::contains)
                || filter.model().isPresent()
                || filter.provider().isPresent()
                || filter.providerKeyId().isPresent();
        if (!byPayer) {
            return SERVED;
        }
        // Of one user, the daily rollup has an index; it is as quick and needs no hours of the other.
        return byServed ? WHOLE : PAID;
    }

    /**
     * The statements, put together when this is compiled. Arrays are read in subqueries, once; a cast in the place where
     * it is used would read its text anew for every row.
     */
    private static final class Sql {
        private static final List<String> COUNTS = List.of(
                "requests",
                "attempts",
                "completed",
                "estimated",
                "unknown",
                "unpaid",
                "input_tokens",
                "cache_read_tokens",
                "cache_write_5m_tokens",
                "cache_write_1h_tokens",
                "output_tokens",
                "reasoning_tokens",
                "audio_in_tokens",
                "audio_out_tokens",
                "image_in_tokens",
                "cost_nano",
                "user_cost_nano",
                "estimated_cost_nano",
                "first_content_count",
                "first_content_ms",
                "duration_ms",
                "failed_requests",
                "client_gone",
                "failed",
                "truncated",
                "rejected",
                "not_sent",
                "interrupted");

        private static final String MEASURES = String.join(", ", COUNTS) + " ";
        private static final String SPREAD = ", "
                + Stream.concat(Spread.columns("duration").stream(), Spread.columns("first_content").stream())
                        .collect(Collectors.joining(", "))
                + " ";

        private static final String CUT = """
                WITH cut AS MATERIALIZED (
                    SELECT hour, CAST(hour AT TIME ZONE 'UTC' AS date) AS day FROM unnest(CAST(:cutHours AS timestamptz[])) AS hour
                ), used AS (
                """;

        private static final String DAYS = "WHERE day >= :firstDay AND day < :endDay ";

        /** The days around the weeks that are read as such: as two ranges, each of which an index finds. */
        private static final String OTHER_DAYS =
                "WHERE ((day >= :firstDay AND day < :firstWeek)" + " OR (day >= :endWeek AND day < :endDay)) ";

        private static final String WEEKS = "WHERE week >= :firstWeek AND week < :endWeek ";

        private static final String HOURS = """
                WHERE ((hour >= :from AND hour < :startOfDays) OR (hour >= :endOfDays AND hour < :to))
                  AND hour <> ALL (ARRAY(SELECT unnest(CAST(:cutHours AS timestamptz[]))))
                """;

        /**
         * By payer, days hold only the hours that are folded into them: see {@code fold_usage}. What was folded a moment before
         * is named too: by what it has not read yet, PostgreSQL cannot plan, and would look at every hour there is.
         */
        private static final String UNFOLDED = """
                WHERE hour >= :startOfDays AND hour < :endOfDays
                  AND hour >= :folded AND hour >= (SELECT folded_until FROM usage_folding)
                """;

        private static final String MIDNIGHT = "CAST(day AS timestamp) AT TIME ZONE 'UTC'";
        private static final String PAYER = ", user_id, team_id, caller_key_id";
        private static final String NO_PAYER =
                ", CAST(NULL AS uuid) AS user_id, CAST(NULL AS uuid) AS team_id, CAST(NULL AS uuid) AS caller_key_id";
        private static final String SERVED_BY = ", model, provider, provider_key_id, currency, ";
        private static final String NOT_SERVED_BY = ", CAST(NULL AS text) AS model, CAST(NULL AS text) AS provider,"
                + " CAST(NULL AS uuid) AS provider_key_id, currency, ";

        private static final String DAYS_SERVED = "SELECT " + MIDNIGHT + " AS at" + NO_PAYER + SERVED_BY + MEASURES
                + SPREAD + "FROM llm_usage_daily_served " + DAYS;
        private static final String HOURS_SERVED =
                "SELECT hour" + NO_PAYER + SERVED_BY + MEASURES + SPREAD + "FROM llm_usage_hourly_served " + HOURS;
        private static final String DAYS_PAID = "SELECT " + MIDNIGHT + " AS at" + PAYER + NOT_SERVED_BY + MEASURES
                + "FROM llm_usage_daily_paid " + OTHER_DAYS;
        private static final String WEEKS_PAID = "SELECT CAST(week AS timestamp) AT TIME ZONE 'UTC'" + PAYER
                + NOT_SERVED_BY + MEASURES + "FROM llm_usage_weekly_paid " + WEEKS;
        private static final String DAYS_WHOLE =
                "SELECT " + MIDNIGHT + " AS at" + PAYER + SERVED_BY + MEASURES + "FROM llm_usage_daily " + DAYS;
        private static final String SELECT_HOURS =
                "SELECT hour" + PAYER + SERVED_BY + MEASURES + "FROM llm_usage_hourly ";
        private static final String HOURS_WHOLE = SELECT_HOURS + UNFOLDED + "UNION ALL\n" + SELECT_HOURS + HOURS;

        /**
         * A record's day is that of its attempt id, which is made just before it starts; the day's bounds let PostgreSQL
         * leave out the other partitions.
         */
        private static final String SELECT_RECORDS =
                "SELECT started_at, user_id, team_id, caller_key_id, model, provider, provider_key_id, currency, "
                        + MEASURES;

        private static final String RECORDS = """
                FROM cut
                JOIN llm_usage_counted AS u ON u.started_at >= cut.hour AND u.started_at < cut.hour + interval '1 hour'
                                           AND u.day BETWEEN cut.day - 1 AND cut.day + 1
                WHERE u.started_at >= :from AND u.started_at < :to
                """;

        private static final String GROUPED = """
                ), grouped AS (
                    SELECT CASE WHEN :byTime THEN width_bucket(at, (SELECT CAST(:starts AS timestamptz[]))) - 1 END AS bucket,
                           CASE WHEN :byModel THEN model END AS model,
                           CASE WHEN :byUser THEN user_id END AS user_id,
                           CASE WHEN :byTeam THEN nullif(team_id, :nobody) END AS team_id,
                           CASE WHEN :byKey THEN nullif(caller_key_id, :nobody) END AS caller_key_id,
                           CASE WHEN :byProvider THEN provider END AS provider,
                           CASE WHEN :byProviderKey THEN nullif(provider_key_id, :nobody) END AS provider_key_id,
                           currency,
                           CASE WHEN :byRate THEN width_bucket(date_trunc('day', at, 'UTC'), (SELECT CAST(:rateStarts AS timestamptz[])))
                                ELSE 0 END AS rate_number,
                           sum(requests) AS requests, sum(attempts) AS attempts, sum(completed) AS completed,
                           sum(estimated) AS estimated, sum(unknown) AS unknown, sum(unpaid) AS unpaid,
                           sum(input_tokens) AS input, sum(cache_read_tokens) AS cache_read,
                           sum(cache_write_5m_tokens) AS cache_write_5m, sum(cache_write_1h_tokens) AS cache_write_1h,
                           sum(output_tokens) AS output, sum(reasoning_tokens) AS reasoning, sum(audio_in_tokens) AS audio_in,
                           sum(audio_out_tokens) AS audio_out, sum(image_in_tokens) AS image_in,
                           sum(cost_nano) AS cost_nano, sum(user_cost_nano) AS user_cost_nano,
                           sum(estimated_cost_nano) AS estimated_cost_nano, sum(first_content_count) AS first_content_count,
                           sum(first_content_ms) AS first_content_ms, sum(duration_ms) AS duration_ms,
                           sum(failed_requests) AS failed_requests, sum(client_gone) AS client_gone, sum(failed) AS failed,
                           sum(truncated) AS truncated, sum(rejected) AS rejected, sum(not_sent) AS not_sent,
                           sum(interrupted) AS interrupted /* spread */
                    FROM used
                    WHERE (CAST(:userId AS uuid) IS NULL OR user_id = CAST(:userId AS uuid))
                      AND (CAST(:teamId AS uuid) IS NULL OR team_id = CAST(:teamId AS uuid))
                      AND (CAST(:callerKeyId AS uuid) IS NULL OR caller_key_id = CAST(:callerKeyId AS uuid))
                      AND (CAST(:model AS text) IS NULL OR model = CAST(:model AS text))
                      AND (CAST(:provider AS text) IS NULL OR provider = CAST(:provider AS text))
                      AND (CAST(:providerKeyId AS uuid) IS NULL OR provider_key_id = CAST(:providerKeyId AS uuid))
                    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
                    HAVING sum(attempts) <> 0
                )
                SELECT grouped.*, users.username, teams.name AS team_name, caller_keys.name AS caller_key_name,
                       provider_keys.hint AS provider_key_hint
                FROM grouped
                LEFT JOIN users ON users.id = grouped.user_id
                LEFT JOIN teams ON teams.id = grouped.team_id
                LEFT JOIN caller_keys ON caller_keys.id = grouped.caller_key_id
                LEFT JOIN provider_keys ON provider_keys.id = grouped.provider_key_id
                ORDER BY bucket, model, username, user_id, team_name, team_id, caller_key_id, provider, provider_key_id,
                         currency, rate_number
                LIMIT :most
                """;

        private static final String USED = "WITH used AS (\n";
        private static final String AND = "UNION ALL\n";

        private static final String GROUPED_SPREAD = GROUPED.replace(
                "/* spread */",
                Stream.concat(Spread.columns("duration").stream(), Spread.columns("first_content").stream())
                        .map(column -> ", sum(" + column + ") AS " + column)
                        .collect(Collectors.joining()));

        private static final String SERVED = USED + DAYS_SERVED + AND + HOURS_SERVED + GROUPED_SPREAD;
        private static final String PAID = USED + DAYS_PAID + AND + WEEKS_PAID + AND + HOURS_WHOLE + GROUPED;
        private static final String WHOLE = USED + DAYS_WHOLE + AND + HOURS_WHOLE + GROUPED;
        private static final String SERVED_AND_RECORDS =
                CUT + DAYS_SERVED + AND + HOURS_SERVED + AND + SELECT_RECORDS + SPREAD + RECORDS + GROUPED_SPREAD;
        private static final String PAID_AND_RECORDS =
                CUT + DAYS_PAID + AND + WEEKS_PAID + AND + HOURS_WHOLE + AND + SELECT_RECORDS + RECORDS + GROUPED;
        private static final String WHOLE_AND_RECORDS =
                CUT + DAYS_WHOLE + AND + HOURS_WHOLE + AND + SELECT_RECORDS + RECORDS + GROUPED;
    }
}
