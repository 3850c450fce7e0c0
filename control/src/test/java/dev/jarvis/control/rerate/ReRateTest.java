package dev.jarvis.control.rerate;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.price.Catalogue;
import dev.jarvis.control.price.PriceEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** After a price was wrong: the difference is shown, then written as corrections, once. */
class ReRateTest {
    private static final UUID MODEL = UUID.fromString("019a0000-0000-7000-8000-0000000000aa");
    private static final Instant DAY = Instant.parse("2026-03-01T10:00:00Z");

    private static final String EFFECTIVE = """
            SELECT concat_ws(' ', price_version, cost_nano, user_cost_nano, cost_lines -> 0 ->> 'price_nano')
            FROM llm_usage_effective ORDER BY started_at""";

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes((endpoints, jdbi) -> {
            Audit audit = new Audit(jdbi);
            new PriceEndpoint(jdbi, audit, Catalogue.shipped(), Clock.systemUTC()).addTo(endpoints);
            new ReRateEndpoint(jdbi, audit).addTo(endpoints);
        });
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    /** A model of 3 and 15 dollars, which should have been 2 and 10. */
    @BeforeEach
    void reset() {
        routes.reset();
        routes.database().execute("""
                INSERT INTO llm_models (id, name, model_id, provider, type, type_code, base_url)
                VALUES ('%s', 'm', 'm', 'openai', 'text', 'text', 'https://example.com/v1')""".formatted(MODEL));
        routes.database().execute("""
                INSERT INTO llm_model_prices (model_id, price_version, currency, input_price_nano, output_price_nano,
                    effective_from)
                VALUES ('%s', 1, 'USD', 3000000000, 15000000000, '2026-01-01Z')""".formatted(MODEL));
        routes.database().execute("SELECT ensure_usage_partition('2026-03-01')");
        routes.send(
                RunningRoutes.ADMIN,
                "POST",
                "/api/v1/llm-models/" + MODEL + "/prices",
                "{\"rates\":{\"input\":2,\"output\":10,\"cache_read\":\"0.2\"}}");
    }

    /** A record as it was charged by the wrong price: 100 tokens in, 20 out, 100 more from the cache. */
    private static void used(int minute, UUID user, String outcome, String billing, String more) {
        Instant at = DAY.plusSeconds(60L * minute);
        UUID attempt = new UUID(at.toEpochMilli() << 16 | 0x7000 | minute, 0x8000000000000000L | minute);
        long cost = 200 * 3_000 + 20 * 15_000;
        String lines = "[{\"class\":\"input\",\"tokens\":100,\"price_nano\":3000000000,\"amount_nano\":300000}]";
        routes.database().execute("""
                INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, model, deployment_id, provider, outcome,
                    billing, input_tokens, cache_read_tokens, output_tokens, input_low, output_low, cost_nano, user_cost_nano,
                    cost_lines, price_version, started_at, first_content_ms, units)
                VALUES ('2026-03-01', '%s', 'r', gen_random_uuid(), '%s', 'm', '%s', 'openai', '%s', '%s', 100, 100, 20, 1, 1,
                    %d, %d, '%s', 1, '%s', %s, '{"requests": 1}')
                """.formatted(attempt, user, MODEL, outcome, billing, cost, cost, lines, at, more));
    }

    private static Answer reRate(String members) {
        return routes.send(RunningRoutes.ADMIN, "POST", "/api/v1/usage/re-rate", """
                {"model": "m", "from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z", "price_version": 2%s}""".formatted(members));
    }

    private static List<String> effective() {
        return routes.database().query(EFFECTIVE);
    }

    @Test
    void aDryRunShowsTheDifferenceByUserAndChangesNothing() {
        used(1, RunningRoutes.USER_ID, "completed", "exact", "5");
        used(2, RunningRoutes.USER_ID, "completed", "exact", "5");
        used(3, RunningRoutes.OTHER_USER_ID, "completed", "exact", "5");

        JsonNode shown = reRate("").body();

        assertThat(shown.path("dry_run").booleanValue()).isTrue();
        assertThat(shown.path("changed").intValue()).isEqualTo(3);
        // 100 × 2 + 100 × 0.2 + 20 × 10 = 420 millionths, in place of 900
        assertThat(shown.path("totals").toString())
                .isEqualTo("[{\"currency_before\":\"USD\",\"currency_after\":\"USD\",\"records\":3,"
                        + "\"cost_before\":\"0.0027\",\"cost_after\":\"0.00126\","
                        + "\"user_cost_before\":\"0.0027\",\"user_cost_after\":\"0.00126\"}]");
        assertThat(shown.path("by_user").path(0).path("user_id").asString())
                .isEqualTo(RunningRoutes.USER_ID.toString());
        assertThat(shown.path("by_user")
                        .path(1)
                        .path("difference")
                        .path("cost_after")
                        .asString())
                .isEqualTo("0.00042");
        assertThat(effective()).containsOnly("1 900000 900000 3000000000");
        assertThat(routes.database().query("SELECT count(*) FROM llm_usage")).containsExactly("3");
    }

    @Test
    void correctionsSupersedeAndTheRollupsFollowOnce() {
        used(1, RunningRoutes.USER_ID, "completed", "exact", "5");
        used(2, RunningRoutes.USER_ID, "failed", "exact", "NULL");
        used(3, RunningRoutes.USER_ID, "interrupted", "estimated", "NULL");
        used(4, RunningRoutes.USER_ID, "rejected", "none", "NULL");

        Answer done = reRate(",\"dry_run\":false,\"reason\":\"the price of March\"");

        assertThat(done.body().path("changed").intValue())
                .as(done.body().toString())
                .isEqualTo(3);
        assertThat(effective())
                .containsExactly(
                        "2 420000 420000 2000000000",
                        "2 420000 0 2000000000",
                        "2 420000 12000 2000000000",
                        "1 900000 900000 3000000000");
        assertThat(routes.database().query("SELECT count(*) FROM llm_usage")).containsExactly("7");
        assertThat(routes.database()
                        .query("SELECT DISTINCT correction_reason FROM llm_usage WHERE supersedes IS NOT NULL"))
                .containsExactly("the price of March");
        assertThat(
                        routes.database()
                                .query(
                                        "SELECT concat_ws(' ', sum(attempts), sum(cost_nano), sum(user_cost_nano)) FROM llm_usage_hourly"))
                .containsExactly("4 2160000 1332000");
        assertThat(routes.database().query("SELECT action FROM audit_logs WHERE action = 'usage.re_rate'"))
                .hasSize(1);

        assertThat(reRate(",\"dry_run\":false").body().path("changed").intValue())
                .isZero();
        assertThat(routes.database().query("SELECT count(*) FROM llm_usage")).containsExactly("7");
    }

    @Test
    void whatOneCallDoesNotReachTheNextOneDoes() {
        for (int minute = 1; minute <= 5; minute++) {
            used(minute, RunningRoutes.USER_ID, "completed", "exact", "5");
        }

        JsonNode first = reRate(",\"dry_run\":false,\"limit\":3").body();
        assertThat(first.path("changed").intValue()).isEqualTo(3);
        JsonNode rest = reRate(",\"dry_run\":false,\"after\":" + first.path("continue_after"))
                .body();

        assertThat(rest.path("changed").intValue()).isEqualTo(2);
        assertThat(rest.path("continue_after").isNull()).isTrue();
        assertThat(effective()).hasSize(5).containsOnly("2 420000 420000 2000000000");
    }

    @Test
    void onlyWhatWasChargedByTheWrongVersionIsLookedAtWhenAsked() {
        used(1, RunningRoutes.USER_ID, "completed", "exact", "5");

        assertThat(reRate(",\"of_version\":9").body().path("records").intValue())
                .isZero();
        assertThat(reRate(",\"of_version\":1").body().path("records").intValue())
                .isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoQuestion() {
        assertThat(reRate(",\"price_version\":7").status()).isEqualTo(400);
        assertThat(routes.send(
                                RunningRoutes.ADMIN,
                                "POST",
                                "/api/v1/usage/re-rate",
                                "{\"model\":\"m\",\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-02T00:00:00Z\",\"price_version\":9}")
                        .code())
                .isEqualTo("unknown_price_version");
        assertThat(reRate(",\"all\":true").code()).isEqualTo("unknown_parameter");
        assertThat(reRate(",\"after\":\"00000000-0000-4000-8000-000000000000\"").code())
                .isEqualTo("invalid_value");
        assertThat(reRate(",\"limit\":0").code()).isEqualTo("out_of_range");
    }
}
