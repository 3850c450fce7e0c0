package dev.jarvis.control.usage;

import dev.jarvis.control.RunningRoutes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

/** What a dashboard shows beside tokens and cost: how attempts ended, and how long they took. */
class UsageDashboardTest {
    /** A hundred attempts from 10:00 on: 90 of 100 ms and 10 of 1,500 ms complete, then one for each other end, of no time at all. */
    private static final String RECORDS = """
            SELECT ensure_usage_partition('2026-11-20');
            INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, model, deployment_id, provider, outcome, billing,
                                   last_of_request, first_content_ms, duration_ms, started_at)
            SELECT '2026-11-20', (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid, 'r',
                   '00000000-0000-0000-0000-000000000009', '%s', 'demo', '00000000-0000-0000-0000-000000000008', 'jarvis',
                   CASE WHEN i <= 100 THEN 'completed' ELSE (ARRAY['client_gone', 'failed', 'truncated', 'rejected', 'not_sent',
                        'interrupted'])[i - 100] END, 'exact', i <> 104, CASE WHEN i <= 100 THEN 20 END,
                   CASE WHEN i <= 90 THEN 100 WHEN i <= 100 THEN 1500 ELSE 0 END, at
            FROM (SELECT i, '2026-11-20T10:00:00Z'::timestamptz + i * interval '1 second' AS at FROM generate_series(1, 106) i) AS made
            """.formatted(RunningRoutes.USER_ID);

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes((endpoints, jdbi) -> new UsageEndpoint(jdbi, Clock.systemUTC()).addTo(endpoints));
        routes.database().execute(RECORDS);
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    /** From rollups by day and by hour, and from records. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-11-20&to=2026-11-21&group_by=model",
                "from=2026-11-20&to=2026-11-21&group_by=hour,provider_key",
                "from=2026-11-20T09:30:00Z&to=2026-11-20T10:30:00Z&group_by=provider"
            })
    void countsEndsAndSpreadsDurations(String question) {
        JsonNode line = report("/api/v1/usage?" + question).path("data").path(0);

        assertEnds(line);
        assertThat(line.path("p50_duration_ms").longValue()).isEqualTo(64 + 64 * 50 / 90);
        assertThat(line.path("p95_duration_ms").longValue()).isEqualTo(1024 + 1024 * 5 / 10);
        assertThat(line.path("p95_first_content_ms").longValue()).isEqualTo(16 + 16 * 95 / 100);
        assertThat(line.path("average_duration_ms").longValue()).isEqualTo((90 * 100 + 10 * 1500) / 106);
    }

    @Test
    void ofUsersOnlyAveragesAreKnown() {
        JsonNode line = report("/api/v1/usage?from=2026-11-20&to=2026-11-21&group_by=user")
                .path("data")
                .path(0);

        assertEnds(line);
        assertThat(line.path("p95_duration_ms").isNull()).isTrue();
        assertThat(line.path("p50_first_content_ms").isNull()).isTrue();
        assertThat(line.path("average_first_content_ms").longValue()).isEqualTo(20);
    }

    @Test
    void peopleSeeHowTheirOwnCallsEnded() {
        RunningRoutes.Answer answer =
                routes.get(RunningRoutes.USER, "/api/v1/llm/usage?from=2026-11-20&to=2026-11-21&group_by=hour");
        JsonNode line = answer.body().path("data").path(0);

        assertEnds(line);
        assertThat(line.path("average_first_content_ms").longValue()).isEqualTo(20);
    }

    private static void assertEnds(JsonNode line) {
        assertThat(line.path("attempts").longValue()).isEqualTo(106);
        assertThat(line.path("completed").longValue()).isEqualTo(100);
        for (String outcome : UsageCounts.OUTCOMES.subList(1, 7)) {
            assertThat(line.path(outcome).longValue()).as(outcome).isEqualTo(1);
        }
        // The rejected one was tried again; the client did not wait for another.
        assertThat(line.path("requests").longValue()).isEqualTo(105);
        assertThat(line.path("failed_requests").longValue()).isEqualTo(4);
    }

    private static JsonNode report(String path) {
        RunningRoutes.Answer answer = routes.get(RunningRoutes.ADMIN, path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }
}
