package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** A model's price is a whole rate card, and every one that it ever had is remembered. */
class ModelPriceVersionsTest {
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

    private static Answer post(String id, String body) {
        return models.routes.send(RunningRoutes.ADMIN, "POST", RunningModels.PATH + "/" + id + "/prices", body);
    }

    private static JsonNode versions(String id) {
        return models.get("/" + id + "/prices").body().path("data");
    }

    @Test
    void aRateCardIsShownAsItWasGivenAndAMultiplierAsTheRatesItMakes() {
        String id = models.created("priced", "\"input_price\":1,\"output_price\":2");

        Answer added = post(id, """
                {"currency": "CNY", "rates": {"input": "3", "output": 15, "cache_read": "0.30"},
                 "tiers": [{"service_tier": "batch", "multiplier": "0.5"},
                           {"above_input_tokens": 200000, "rates": {"input": "6", "output": "22.5"}}],
                 "units": {"searches": "0.01"}, "note": "as agreed"}""");

        assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
        assertThat(added.body().path("price_version").intValue()).isEqualTo(2);
        JsonNode model = models.get("/" + id).body();
        assertThat(model.path("price_version").intValue()).isEqualTo(2);
        assertThat(model.path("input_price").asString()).isEqualTo("3");
        assertThat(model.path("price").toString())
                .isEqualTo("{\"currency\":\"CNY\",\"rates\":{\"cache_read\":\"0.3\",\"input\":\"3\",\"output\":\"15\"},"
                        + "\"tiers\":[{\"above_input_tokens\":200000,\"rates\":{\"input\":\"6\",\"output\":\"22.5\"}},"
                        + "{\"service_tier\":\"batch\",\"rates\":{\"cache_read\":\"0.15\",\"input\":\"1.5\",\"output\":\"7.5\"}},"
                        + "{\"service_tier\":\"batch\",\"above_input_tokens\":200000,"
                        + "\"rates\":{\"input\":\"3\",\"output\":\"11.25\"}}],"
                        + "\"units\":{\"searches\":\"0.01\"}}");
        assertThat(versions(id)).hasSize(2);
        assertThat(versions(id).path(0).path("in_force").booleanValue()).isTrue();
        assertThat(versions(id).path(1).path("in_force").booleanValue()).isFalse();
        assertThat(versions(id)
                        .path(1)
                        .path("price")
                        .path("rates")
                        .path("input")
                        .asString())
                .isEqualTo("1");
        assertThat(models.routes.database().query("SELECT action FROM audit_logs ORDER BY at"))
                .containsExactly("model.create", "price.create");
    }

    @Test
    void aPriceOfTheFutureIsKnownAndNotInForce() {
        String id = models.created("priced", "\"input_price\":1,\"output_price\":2");
        String tomorrow = Instant.now().plusSeconds(86_400).toString();

        Answer added = post(id, "{\"rates\":{\"input\":9,\"output\":9},\"effective_from\":\"" + tomorrow + "\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.body().path("in_force").booleanValue()).isFalse();
        assertThat(models.get("/" + id).body().path("price_version").intValue()).isEqualTo(1);
        assertThat(models.update(id, "{\"input_price\":4}")
                        .body()
                        .path("price_version")
                        .intValue())
                .isEqualTo(3);
        assertThat(models.get("/" + id).body().path("input_price").asString()).isEqualTo("4");
    }

    @Test
    void whatWasReadAndSentBackChangesNoPrice() {
        String id = models.created("priced", "\"input_price\":1,\"output_price\":2");
        post(id, "{\"rates\":{\"input\":1,\"output\":2,\"cache_read\":\"0.1\"}}");

        Answer same =
                models.update(id, "{\"name\":\"n\",\"currency\":\"USD\",\"input_price\":\"1\",\"output_price\":\"2\"}");

        assertThat(same.body().path("price_version").intValue()).isEqualTo(2);
        assertThat(same.body().path("price").path("rates").path("cache_read").asString())
                .isEqualTo("0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | missing_parameter | rates",
                "{\"rates\":{\"input\":1}} | missing_parameter | rates.output",
                "{\"rates\":{\"input\":-1,\"output\":1}} | invalid_price | rates.input",
                "{\"rates\":{\"input\":1,\"output\":1e-10}} | invalid_price | rates.output",
                "{\"rates\":{\"input\":1,\"output\":1e999999999}} | invalid_price | rates.output",
                "{\"rates\":{\"input\":1,\"output\":1,\"cached\":1}} | unknown_parameter | rates.cached",
                "{\"rates\":[]} | invalid_type | rates",
                "{\"rates\":{\"input\":1,\"output\":1},\"price\":1} | unknown_parameter | price",
                "{\"rates\":{\"input\":1,\"output\":1},\"units\":{\"pages\":1}} | unknown_parameter | units.pages",
                "{\"rates\":{\"input\":1,\"output\":1},\"tiers\":[{\"rates\":{\"input\":1,\"output\":1}}]} | invalid_price"
                        + " | tiers[0].service_tier",
                "{\"rates\":{\"input\":1,\"output\":1},\"tiers\":[{\"service_tier\":\"Flex\",\"multiplier\":1}]} | invalid_value"
                        + " | tiers[0].service_tier",
                "{\"rates\":{\"input\":1,\"output\":1},\"tiers\":[{\"service_tier\":\"auto\",\"multiplier\":1}]} | invalid_value"
                        + " | tiers[0].service_tier",
                "{\"rates\":{\"input\":1e-9,\"output\":1},\"tiers\":[{\"service_tier\":\"flex\",\"multiplier\":0.5}]}"
                        + " | invalid_price | tiers[0].multiplier",
                "{\"rates\":{\"input\":1,\"output\":1},\"tiers\":[{\"service_tier\":\"flex\",\"multiplier\":1},"
                        + "{\"service_tier\":\"flex\",\"multiplier\":2}]} | invalid_price | tiers",
                "{\"rates\":{\"input\":1,\"output\":1},\"effective_from\":\"2020-01-01T00:00:00Z\"} | out_of_range"
                        + " | effective_from",
                "{\"catalogue\":{\"provider\":\"openai\",\"model\":\"no-such\"}} | no_catalogue_price | catalogue",
            })
    void m4_refusesWhatIsNoPrice(String body, String code, String param) {
        String id = models.created("priced", "\"input_price\":1,\"output_price\":2");

        Answer refused = post(id, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.param()).isEqualTo(param);
        assertThat(versions(id)).hasSize(1);
    }

    @Test
    void anUnknownModelHasNoPrices() {
        assertThat(models.get("/019a0000-0000-7000-8000-0000000000ff/prices").code())
                .isEqualTo("model_not_found");
        assertThat(post("019a0000-0000-7000-8000-0000000000ff", "{\"rates\":{\"input\":1,\"output\":1}}")
                        .code())
                .isEqualTo("model_not_found");
    }

    @Test
    void theCataloguesPriceIsTakenOnlyWhenAskedFor() {
        String plain = models.created("claude-sonnet-4-5-20250929", "\"provider\":\"anthropic\"");
        String taken = models.created(
                "my-claude",
                "\"provider\":\"anthropic\",\"upstream_model\":\"claude-sonnet-4-5-20250929\",\"price_from_catalogue\":true");

        assertThat(models.get("/" + plain).body().path("price").isNull()).isTrue();
        JsonNode price = models.get("/" + taken).body().path("price");
        assertThat(price.path("rates").path("cache_write_1h").asString()).isEqualTo("6");
        assertThat(price.path("tiers").path(0).path("above_input_tokens").intValue())
                .isEqualTo(200_000);
        assertThat(versions(taken).path(0).path("source").asString()).isEqualTo("catalogue");
        assertThat(versions(taken).path(0).path("source_date").asString()).isNotEmpty();
        assertThat(models.create("nobodys", "\"price_from_catalogue\":true").code())
                .isEqualTo("no_catalogue_price");

        assertThat(post(plain, "{\"catalogue\":{\"provider\":\"anthropic\",\"model\":\"claude-sonnet-4-5\"}}")
                        .status())
                .isEqualTo(201);
        assertThat(models.get("/" + plain).body().path("input_price").asString())
                .isEqualTo("3");
    }

    @Test
    void theCatalogueIsSearchedByNameAndProvider() {
        JsonNode page = models.routes
                .get(RunningRoutes.ADMIN, "/api/v1/prices/catalogue?q=glm&provider=zhipu&page_size=3")
                .body();

        assertThat(page.path("total").intValue()).isEqualTo(9);
        assertThat(page.path("data")).hasSize(3);
        assertThat(page.path("data").path(0).path("price").path("currency").asString())
                .isEqualTo("CNY");
        assertThat(page.path("data").path(0).path("source").asString()).isNotEmpty();
        assertThat(models.routes
                        .get(RunningRoutes.ADMIN, "/api/v1/prices/catalogue")
                        .body()
                        .path("total")
                        .intValue())
                .isGreaterThan(60);
    }
}
