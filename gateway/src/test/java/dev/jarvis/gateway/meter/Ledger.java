package dev.jarvis.gateway.meter;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold after every test, C18: each hour is the sum of its rows, and each row's cost the sum of its lines. */
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

    private static final String KEY = "hour, user_id, model, deployment_id, provider, provider_key_id, currency";

    private Ledger() {}

    static void assertBalanced(UsageDatabase database) {
        String sums = SUMS.stream()
                .map(name -> "sum(" + name + ")::bigint AS " + name)
                .collect(Collectors.joining(", "));
        String fromRows =
                "SELECT date_trunc('hour', started_at, 'UTC') AS hour, user_id, model, deployment_id, provider,"
                        + " coalesce(provider_key_id, '00000000-0000-0000-0000-000000000000'::uuid) AS provider_key_id, currency,"
                        + " count(*) FILTER (WHERE last_of_request) AS requests, count(*) AS attempts,"
                        + " count(*) FILTER (WHERE outcome = 'completed') AS completed,"
                        + " count(*) FILTER (WHERE billing IN ('estimated', 'unknown')) AS estimated, " + sums
                        + " FROM llm_usage GROUP BY "
                        + KEY.replace("hour,", "1,").replace("provider_key_id", "6")
                        + " ORDER BY " + KEY;
        String fromHours = "SELECT " + KEY + ", requests, attempts, completed, estimated, " + String.join(", ", SUMS)
                + " FROM llm_usage_hourly ORDER BY " + KEY;
        assertThat(database.rows(fromHours)).isEqualTo(database.rows(fromRows));
        assertThat(database.number("""
                SELECT count(*) FROM llm_usage u WHERE cost_nano <> (
                    SELECT coalesce(sum((line ->> 'amount_nano')::bigint), 0)
                    FROM jsonb_array_elements(u.cost_lines) line)
                """)).isZero();
        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE user_cost_nano > cost_nano"))
                .isZero();
    }
}
