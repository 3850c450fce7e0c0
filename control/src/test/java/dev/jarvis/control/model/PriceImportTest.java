package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Price lists of others: shown first, taken whole, never over an administrator's price. */
class PriceImportTest {
    private static final String IMPORT = "/api/v1/prices/import";

    private static final String LITELLM = """
            {"sample_spec": {"input_cost_per_token": 0, "litellm_provider": "one of …"},
             "gpt-4o": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.5e-06,
                "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1.25e-06,
                "input_cost_per_token_priority": 4.25e-06, "output_cost_per_token_priority": 1.7e-05,
                "input_cost_per_token_batches": 1.25e-06, "output_cost_per_token_batches": 5e-06},
             "gemini/gemini-2.5-pro": {"litellm_provider": "gemini", "input_cost_per_token": 1.25e-06,
                "output_cost_per_token": 1e-05, "input_cost_per_token_above_200k_tokens": 2.5e-06,
                "output_cost_per_token_above_200k_tokens": 1.5e-05},
             "broken": {"litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": -1},
             "spoken": {"litellm_provider": "openai", "input_cost_per_second": 0.0001}}""";

    private static RunningModels models;

    @BeforeAll
    static void start() throws Exception {
        models = new RunningModels();
    }

    @AfterAll
    static void stop() throws Exception {
        models.close();
    }

    @BeforeEach
    void reset() {
        models.reset();
    }

    private static Answer send(String query, String body) {
        return models.routes.send(RunningRoutes.ADMIN, "POST", IMPORT + query, body);
    }

    private static Map<String, String> verdicts(JsonNode outcome) {
        Map<String, String> verdicts = new HashMap<>();
        outcome.path("models")
                .forEach(model -> verdicts.put(
                        model.path("model_id").asString(), model.path("verdict").asString()));
        return verdicts;
    }

    @Test
    void aDryRunShowsWhatWouldChangeAndChangesNothing() {
        String id = models.created("gpt-4o", "");

        Answer shown = send("", LITELLM);

        assertThat(shown.status()).as(shown.body().toString()).isEqualTo(200);
        assertThat(shown.body().path("dry_run").booleanValue()).isTrue();
        assertThat(shown.body().path("format").asString()).isEqualTo("litellm");
        assertThat(shown.body().path("entries").intValue()).isEqualTo(2);
        assertThat(verdicts(shown.body())).containsExactlyEntriesOf(Map.of("gpt-4o", "changed"));
        assertThat(shown.body().path("problems").path(0).path("entry").asString())
                .isEqualTo("broken");
        assertThat(models.get("/" + id).body().path("price").isNull()).isTrue();
    }

    @Test
    void anAdministratorsPriceAlwaysWins() {
        String free = models.created("gpt-4o", "");
        String own = models.created("own", "\"upstream_model\":\"gpt-4o\",\"input_price\":9,\"output_price\":9");
        String unpriced =
                models.created("unpriced", "\"upstream_model\":\"gpt-4o\",\"input_price\":9,\"output_price\":9");
        models.update(unpriced, "{\"input_price\":null,\"output_price\":null}");
        String gemini = models.created("gemini-2.5-pro", "\"provider\":\"gemini\"");
        models.created("unheard-of", "");

        Answer taken = send("?dry_run=false", LITELLM);

        assertThat(verdicts(taken.body()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "gpt-4o", "changed",
                        "own", "kept",
                        "unpriced", "kept",
                        "gemini-2.5-pro", "changed",
                        "unheard-of", "not_listed"));
        JsonNode price = models.get("/" + free).body().path("price");
        assertThat(price.path("rates").path("cache_read").asString()).isEqualTo("1.25");
        assertThat(price.path("tiers").toString())
                .isEqualTo(
                        "[{\"service_tier\":\"batch\",\"rates\":{\"cache_read\":\"1.25\",\"input\":\"1.25\",\"output\":\"5\"}},"
                                + "{\"service_tier\":\"priority\","
                                + "\"rates\":{\"cache_read\":\"1.25\",\"input\":\"4.25\",\"output\":\"17\"}}]");
        assertThat(models.get("/" + gemini)
                        .body()
                        .path("price")
                        .path("tiers")
                        .path(0)
                        .path("rates")
                        .path("output")
                        .asString())
                .isEqualTo("15");
        assertThat(models.get("/" + own).body().path("input_price").asString()).isEqualTo("9");
        assertThat(models.get("/" + unpriced).body().path("price").isNull()).isTrue();

        assertThat(verdicts(send("?dry_run=false", LITELLM).body())).containsEntry("gpt-4o", "same");
        assertThat(models.get("/" + free).body().path("price_version").intValue())
                .isEqualTo(2);
        assertThat(models.routes.database().query("SELECT count(*) FROM audit_logs WHERE action = 'price.import'"))
                .containsExactly("2");
    }

    @Test
    void modelsDevsFormIsReadToo() {
        String id = models.created("claude-sonnet-4-5", "\"provider\":\"anthropic\"");

        Answer taken = send("?dry_run=false", """
                {"anthropic": {"id": "anthropic", "models": {"claude-sonnet-4-5": {"cost": {"input": 3, "output": 15,
                   "cache_read": 0.3, "cache_write": 3.75,
                   "context_over_200k": {"input": 6, "output": 22.5, "cache_read": 0.6, "cache_write": 7.5}}},
                   "unpriced": {}}},
                 "reseller": {"models": {"claude-sonnet-4-5": {"cost": {"input": 99, "output": 99}}}}}""");

        assertThat(taken.body().path("format").asString()).isEqualTo("models_dev");
        assertThat(taken.body().path("entries").intValue()).isEqualTo(2);
        JsonNode price = models.get("/" + id).body().path("price");
        assertThat(price.path("rates").path("cache_write_5m").asString()).isEqualTo("3.75");
        assertThat(price.path("tiers")
                        .path(0)
                        .path("rates")
                        .path("cache_write_5m")
                        .asString())
                .isEqualTo("7.5");
    }

    @Test
    void theShippedCatalogueIsAListLikeOthers() {
        String id = models.created("gpt-5.4", "");

        assertThat(verdicts(send("?format=catalogue&dry_run=false", "{}").body()))
                .containsEntry("gpt-5.4", "changed");
        assertThat(models.get("/" + id + "/prices")
                        .body()
                        .path("data")
                        .path(0)
                        .path("source")
                        .asString())
                .isEqualTo("catalogue");
    }

    @Test
    void anUnknownFileIsRefused() {
        assertThat(send("", "{\"a\":{\"b\":1}}").code()).isEqualTo("unknown_price_format");
        assertThat(send("?format=xml", "{}").code()).isEqualTo("invalid_parameter");
        assertThat(send("?dry_run=maybe", "{}").code()).isEqualTo("invalid_parameter");
        assertThat(send("", "[]").status()).isEqualTo(400);
    }

    @Test
    void exchangeRatesAreDatedAndTheNewestOfAMomentHolds() {
        String path = "/api/v1/exchange-rates";
        String rate = "{\"from\":\"USD\",\"to\":\"CNY\",\"rate\":%s,\"effective_from\":\"2026-01-01T00:00:00Z\"}";

        assertThat(models.routes
                        .send(RunningRoutes.ADMIN, "PUT", path, rate.formatted("\"7.1\""))
                        .status())
                .isEqualTo(200);
        Answer again = models.routes.send(RunningRoutes.ADMIN, "PUT", path, rate.formatted("7.25"));

        assertThat(again.body().path("rate").asString()).isEqualTo("7.25");
        JsonNode listed = models.routes.get(RunningRoutes.ADMIN, path).body().path("data");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("rate").asString()).isEqualTo("7.25");
        assertThat(models.routes
                        .send(RunningRoutes.ADMIN, "PUT", path, rate.formatted("0"))
                        .code())
                .isEqualTo("out_of_range");
        assertThat(models.routes
                        .send(RunningRoutes.ADMIN, "PUT", path, rate.formatted("1e999999999"))
                        .code())
                .isEqualTo("out_of_range");
        assertThat(models.routes
                        .send(RunningRoutes.ADMIN, "PUT", path, "{\"from\":\"USD\",\"to\":\"USD\",\"rate\":1}")
                        .code())
                .isEqualTo("invalid_value");
        assertThat(models.routes.database().query("SELECT count(*) FROM audit_logs WHERE action = 'exchange_rate.set'"))
                .containsExactly("2");
    }
}
