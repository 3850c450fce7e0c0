package dev.jarvis.control.reconciliation;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import dev.jarvis.control.audit.Audit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Bills beside our records: what is missing here is said, to four digits. */
class ReconciliationTest {
    private static final String PATH = "/api/v1/reconciliations";

    /** A million tokens and ten dollars on each of two days, of which a fifth is output; and a model of another provider. */
    private static final String RECORDS = """
            SELECT ensure_usage_partition('2026-11-20'), ensure_usage_partition('2026-11-21');
            INSERT INTO llm_usage (day, attempt_id, request_id, node_id, user_id, model, deployment_id, provider, outcome,
                                   billing, input_tokens, cache_read_tokens, output_tokens, reasoning_tokens, cost_nano,
                                   user_cost_nano, started_at)
            SELECT d, gen_random_uuid(), 'r', gen_random_uuid(), gen_random_uuid(), model, gen_random_uuid(), provider,
                   'completed', 'exact', 7000, 1000, 1500, 500, 100000000, 100000000, d + interval '5 hours'
            FROM (VALUES (date '2026-11-20'), ('2026-11-21')) AS days (d),
                 (VALUES ('gpt-4o', 'openai', 100), ('opus', 'anthropic', 1)) AS models (model, provider, n),
                 generate_series(1, n);
            INSERT INTO llm_models (id, name, model_id, provider, type, type_code, base_url, upstream_model)
            VALUES (gen_random_uuid(), 'o', 'gpt-4o', 'openai', 'text', 'text', 'https://example.com', 'gpt-4o'),
                   (gen_random_uuid(), 'a', 'opus', 'anthropic', 'text', 'text', 'https://example.com', 'claude-opus-4')
            """;

    private static RunningRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new RunningRoutes(
                (endpoints, jdbi) -> new ReconciliationEndpoint(jdbi, new Audit(jdbi)).addTo(endpoints));
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    @BeforeEach
    void reset() {
        routes.reset();
        routes.database().execute(RECORDS);
    }

    /** The provider says so much more than we have on record. */
    @ParameterizedTest
    @CsvSource({
        "800000, 200000, 10, 100.0000, 100.0000, false",
        "800800, 200200, 10.01, 99.9000, 99.9000, false",
        "800802, 200200, 10.01, 99.8999, 99.9000, true",
        "800800, 200200, 10.02, 99.9000, 99.8003, true",
        "808080, 202020, 10.101, 99.0000, 99.0000, true",
        "840000, 210000, 10.5, 95.2380, 95.2380, true",
    })
    void c21_theCaptureRateHasFourDigitsAndAnAlertBelow999(
            long input, long output, String cost, String tokenCapture, String costCapture, boolean alert) {
        JsonNode made = create("date,model,input_tokens,output_tokens,cost,currency\n2026-11-20,gpt-4o," + input + ","
                + output + "," + cost + ",USD\n");

        JsonNode total = made.path("totals").path(0);
        assertThat(total.path("token_capture").asString()).isEqualTo(tokenCapture);
        assertThat(total.path("cost_capture").asString()).isEqualTo(costCapture);
        assertThat(made.path("alert").booleanValue()).isEqualTo(alert);
        assertThat(routes.get(RunningRoutes.ADMIN, PATH)
                        .body()
                        .path("data")
                        .path(0)
                        .path("alert")
                        .booleanValue())
                .isEqualTo(alert);
    }

    @Test
    void openAiAndAnthropicExportsAreReadByTheNamesOfTheirColumns() {
        JsonNode openai = create("""
                start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens
                1763596800,1763683200,2026-11-20T00:00:00+00:00,2026-11-21T00:00:00+00:00,p,50,gpt-4o-2024-08-06,400000,100000,50000
                1763596800,1763683200,2026-11-20T12:00:00+00:00,2026-11-21T00:00:00+00:00,p,50,gpt-4o,400000,100000,50000
                """);
        assertThat(openai.path("lines")).hasSize(1);
        assertThat(openai.path("totals").path(0).path("token_capture").asString())
                .isEqualTo("100.0000");
        assertThat(openai.path("totals").path(0).path("cost_capture").isNull()).isTrue();

        Answer anthropic = upload("?provider=anthropic", """
                \uFEFFusage_date_utc,model_version,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens
                2026-11-20,claude-opus-4-20260101,7000,0,0,1000,2000
                2026-11-21,claude-opus-4-20260101,7000,0,0,1000,2000
                """);
        assertThat(anthropic.body().path("lines")).hasSize(2);
        assertThat(anthropic.body().path("lines").path(0).path("model").asString())
                .isEqualTo("opus");
        assertThat(anthropic.body().path("alert").booleanValue()).isFalse();
    }

    @Test
    void whatOnlyOneSideHasIsALineOfItsOwn() {
        JsonNode made =
                create("date,model,input_tokens,output_tokens\n2026-11-20,gpt-4o,800000,200000\n2026-11-21,o3,5,5\n");

        assertThat(made.path("lines")).hasSize(3);
        assertThat(made.path("lines").path(1).path("our_input_tokens").longValue())
                .isEqualTo(800_000);
        assertThat(made.path("lines").path(1).path("token_capture").isNull()).isTrue();
        assertThat(made.path("lines").path(2).path("model").asString()).isEqualTo("o3");
        assertThat(made.path("lines").path(2).path("alert").booleanValue()).isTrue();
        String id = made.path("id").asString();
        assertThat(routes.get(RunningRoutes.ADMIN, PATH + "/" + id).body()).isEqualTo(made);
        assertThat(routes.database().query("SELECT target_id FROM audit_logs WHERE action = 'reconciliation.create'"))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date,model,input_tokens\\n2026-11-20,m,1",
                "date,model,input_tokens,output_tokens",
                "date,model,input_tokens,output_tokens\\nyesterday,m,1,1",
                "date,model,input_tokens,output_tokens\\n2026-11-20,m,-1,1",
                "date,model,input_tokens,output_tokens\\n2026-11-20,m,1",
                "date,model,input_tokens,output_tokens,cost\\n2026-11-20,m,1,1,1e9",
                "date,model,input_tokens,output_tokens,currency\\n2026-11-20,m,1,1,EUR",
                "date,model,input_tokens,output_tokens\\n2024-01-01,m,1,1\\n2026-11-20,m,1,1",
                "{\"not\": \"csv\"}",
            })
    void whatIsNoBillIsRefusedWithItsLine(String csv) {
        Answer answer = upload("", csv.replace("\\n", "\n"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_bill");
    }

    @Test
    void onlyAdministratorsAndOnlyCsv() {
        assertThat(routes.send(RunningRoutes.USER, "POST", PATH, "x", "content-type", "text/csv")
                        .status())
                .isEqualTo(403);
        assertThat(routes.send(RunningRoutes.ADMIN, "POST", PATH, "{}").code()).isEqualTo("unsupported_media_type");
        assertThat(routes.get(RunningRoutes.ADMIN, PATH + "/x").code()).isEqualTo("reconciliation_not_found");
    }

    private static JsonNode create(String csv) {
        Answer answer = upload("?provider=openai&name=november", csv);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private static Answer upload(String query, String csv) {
        return routes.send(RunningRoutes.ADMIN, "POST", PATH + query, csv, "content-type", "text/csv");
    }
}
