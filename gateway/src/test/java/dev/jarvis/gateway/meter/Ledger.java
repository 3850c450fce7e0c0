package dev.jarvis.gateway.meter;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold after every test, C18: each hour and each day is the sum of its effective rows, each row's cost the sum of
 * its lines, and what budget windows have spent the sum of what all rows were charged.
 */
final class Ledger {
    private static final List<String> SUMS = List.of(
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
            "user_cost_nano");

    private static final List<String> COUNTS = List.of(
            "requests",
            "attempts",
            "completed",
            "estimated",
            "unknown",
            "unpaid",
            "estimated_cost_nano",
            "first_content_count",
            "first_content_ms",
            "duration_ms");

    private static final String KEY =
            "user_id, team_id, caller_key_id, model, deployment_id, provider, provider_key_id, currency";

    private Ledger() {}

    static void assertBalanced(UsageDatabase database) {
        assertSummed(database, "hour", "date_trunc('hour', started_at, 'UTC')", "llm_usage_hourly");
        // What is not folded into days yet is only in hours.
        database.rows("SELECT CAST(fold_usage(now() + interval '1 hour') AS text)");
        assertSummed(database, "day", "(started_at AT TIME ZONE 'UTC')::date", "llm_usage_daily");
        assertThat(database.number("""
                SELECT count(*) FROM llm_usage u WHERE cost_nano <> (
                    SELECT coalesce(sum((line ->> 'amount_nano')::bigint), 0)
                    FROM jsonb_array_elements(u.cost_lines) line)
                """)).isZero();
        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE user_cost_nano > cost_nano"))
                .isZero();
    }

    /** Zero rows are left where a correction has moved all of a key's usage to another. */
    private static void assertSummed(UsageDatabase database, String time, String timeOfRow, String rollup) {
        String sums = SUMS.stream()
                .map(name -> "sum(" + name + ")::bigint AS " + name)
                .collect(Collectors.joining(", "));
        List<Map<String, Object>> fromRows = database.rows("SELECT " + timeOfRow + " AS " + time + ", " + """
                user_id, coalesce(team_id, '00000000-0000-0000-0000-000000000000') AS team_id,
                coalesce(caller_key_id, '00000000-0000-0000-0000-000000000000') AS caller_key_id, model, deployment_id, provider,
                coalesce(provider_key_id, '00000000-0000-0000-0000-000000000000') AS provider_key_id, currency,
                count(*) FILTER (WHERE last_of_request) AS requests, count(*) AS attempts,
                count(*) FILTER (WHERE outcome = 'completed') AS completed,
                count(*) FILTER (WHERE billing IN ('estimated', 'unknown')) AS estimated,
                count(*) FILTER (WHERE billing = 'unknown') AS unknown,
                count(*) FILTER (WHERE user_cost_nano < cost_nano) AS unpaid,
                coalesce(sum(cost_nano) FILTER (WHERE billing = 'estimated'), 0)::bigint AS estimated_cost_nano,
                count(first_content_ms) AS first_content_count, coalesce(sum(first_content_ms), 0)::bigint AS first_content_ms,
                sum(duration_ms)::bigint AS duration_ms,
                """ + sums
                + " FROM llm_usage_effective GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9");
        List<Map<String, Object>> rolledUp =
                database.rows("SELECT " + time + ", " + KEY + ", " + String.join(", ", COUNTS) + ", "
                        + String.join(", ", SUMS) + " FROM " + rollup
                        + " WHERE attempts <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9");
        assertThat(rolledUp).as(rollup).isEqualTo(fromRows);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM " + rollup
                                        + " WHERE attempts = 0 AND (requests, completed, estimated,"
                                        + " cost_nano, user_cost_nano, input_tokens, output_tokens, duration_ms) <> (0, 0, 0, 0, 0, 0, 0, 0)"))
                .as(rollup)
                .isZero();
    }
}
