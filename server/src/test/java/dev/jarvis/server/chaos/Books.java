package dev.jarvis.server.chaos;

import dev.jarvis.testkit.database.TestDatabase;

import java.util.ArrayList;
import java.util.List;

/** C18: what holds of the tables after whatever happened to the processes. */
final class Books {
    private static final String SUMS_OF_ROWS = """
            SELECT concat_ws(' ', model, count(*), count(*) FILTER (WHERE last_of_request),
                             count(*) FILTER (WHERE outcome = 'completed'),
                             count(*) FILTER (WHERE billing IN ('estimated', 'unknown')),
                             sum(input_tokens), sum(cache_read_tokens), sum(output_tokens), sum(reasoning_tokens),
                             sum(cost_nano), sum(user_cost_nano))
            FROM llm_usage_effective GROUP BY model ORDER BY model
            """;

    private static final String SUMS_OF_HOURS = """
            SELECT concat_ws(' ', model, sum(attempts), sum(requests), sum(completed), sum(estimated),
                             sum(input_tokens), sum(cache_read_tokens), sum(output_tokens), sum(reasoning_tokens),
                             sum(cost_nano), sum(user_cost_nano))
            FROM llm_usage_hourly GROUP BY model ORDER BY model
            """;

    /** Every rollup says the same of everything. */
    private static final String SUMS_OF_ROLLUPS = """
            SELECT DISTINCT concat_ws(' ', attempts, input, output, cost, paid) FROM (
                SELECT count(*) AS attempts, sum(input_tokens) AS input, sum(output_tokens) AS output,
                       sum(cost_nano) AS cost, sum(user_cost_nano) AS paid FROM llm_usage_effective
                UNION ALL SELECT sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(user_cost_nano)
                    FROM llm_usage_hourly
                UNION ALL SELECT sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(user_cost_nano)
                    FROM llm_usage_hourly_served
                UNION ALL SELECT sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(user_cost_nano)
                    FROM llm_usage_daily
                UNION ALL SELECT sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(user_cost_nano)
                    FROM llm_usage_daily_served
                UNION ALL SELECT sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(user_cost_nano)
                    FROM llm_usage_daily_paid
                UNION ALL SELECT sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano), sum(user_cost_nano)
                    FROM llm_usage_weekly_paid) AS sums
            """;

    private static final String DOUBLED = "SELECT count(*) - count(DISTINCT attempt_id) FROM llm_usage";

    private static final String QUARANTINED = "SELECT count(*) FROM llm_usage_quarantine";

    private static final String OUT_OF_TIME = """
            SELECT count(*) FROM llm_usage
            WHERE duration_ms < 0 OR first_content_ms < 0
               OR day <> (uuid_extract_timestamp(attempt_id) AT TIME ZONE 'UTC')::date
            """;

    private static final String REWRITE = """
            DO $$
            BEGIN
                UPDATE llm_usage SET cost_nano = cost_nano;
                IF FOUND THEN
                    RAISE unique_violation USING MESSAGE = 'a usage record could be rewritten';
                END IF;
            EXCEPTION WHEN restrict_violation THEN
                NULL;
            END $$
            """;

    private Books() {}

    static List<String> faults(TestDatabase database) {
        List<String> faults = new ArrayList<>();
        compare(
                faults,
                "hours are not the sums of their rows",
                database.query(SUMS_OF_HOURS),
                database.query(SUMS_OF_ROWS));
        database.query("SELECT fold_usage(now() + interval '1 hour')");
        List<String> sums = database.query(SUMS_OF_ROLLUPS);
        if (sums.size() != 1) {
            faults.add("rollups and rows do not say the same: " + sums);
        }
        compare(faults, "attempts recorded twice", database.query(DOUBLED), List.of("0"));
        compare(faults, "records in quarantine", database.query(QUARANTINED), List.of("0"));
        compare(faults, "records with a wrong time", database.query(OUT_OF_TIME), List.of("0"));
        try {
            database.execute(REWRITE);
        } catch (IllegalStateException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        return faults;
    }

    private static void compare(List<String> faults, String what, List<String> found, List<String> expected) {
        if (!found.equals(expected)) {
            faults.add(what + ": " + found + ", not " + expected);
        }
    }
}
