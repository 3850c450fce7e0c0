package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Prices are exact, complete and remembered. */
class ModelPricingTest {
    private static final String HISTORY =
            "SELECT concat_ws(' ', price_version, currency, input_price_nano, output_price_nano) FROM llm_model_prices"
                    + " ORDER BY price_version";

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

    @ParameterizedTest
    @CsvSource({
        "0.15, 0.6, 150000000, 600000000, 0.15, 0.6",
        "'\"10.00\"', 30, 10000000000, 30000000000, 10, 30",
        "0.000000001, 0, 1, 0, 0.000000001, 0",
        "1e-9, 1e6, 1, 1000000000000000, 0.000000001, 1000000",
        "0.1, 0.30000000000000000000, 100000000, 300000000, 0.1, 0.3",
    })
    void keepsPricesToTheNanoUnit(
            String input, String output, String inputNano, String outputNano, String inputRead, String outputRead) {
        JsonNode model = models.create(
                        "priced", "\"currency\":\"CNY\",\"input_price\":" + input + ",\"output_price\":" + output)
                .body();

        assertThat(model.path("input_price").asString()).isEqualTo(inputRead);
        assertThat(model.path("output_price").asString()).isEqualTo(outputRead);
        assertThat(model.path("currency").asString()).isEqualTo("CNY");
        assertThat(model.path("warnings").path(1).isMissingNode()).isTrue();
        assertThat(models.routes.database().query(HISTORY)).containsExactly("1 CNY " + inputNano + " " + outputNano);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input_price\":-1,\"output_price\":1",
                "\"input_price\":1,\"output_price\":-0.000000001",
                "\"input_price\":1",
                "\"output_price\":1",
                "\"input_price\":1,\"output_price\":null",
                "\"input_price\":1e-12,\"output_price\":1",
                "\"input_price\":1,\"output_price\":\"0.0000000001\"",
                "\"input_price\":1000001,\"output_price\":1",
                "\"input_price\":1e999999999,\"output_price\":1",
                "\"input_price\":1e-999999999,\"output_price\":1",
            })
    void m4_refusesPricesThatAreNoPrices(String prices) {
        Answer refused = models.create("priced", prices);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_price");
        assertThat(refused.param()).endsWith("_price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1,5\"", "\"\"", "\"1e3\"", "true", "[1]", "\"NaN\"", "\"0x1\""})
    void m4_refusesPricesThatAreNoNumbers(String price) {
        assertThat(models.create("priced", "\"input_price\":" + price + ",\"output_price\":1")
                        .code())
                .isEqualTo("invalid_type");
    }

    @Test
    void refusesOtherCurrencies() {
        assertThat(models.create("priced", "\"currency\":\"EUR\",\"input_price\":1,\"output_price\":1")
                        .code())
                .isEqualTo("invalid_value");
    }

    @Test
    void everyPriceChangeIsAVersionOfItsOwn() {
        String id = models.created("priced", "\"input_price\":1,\"output_price\":2");

        assertThat(priceVersion(models.update(id, "{\"name\":\"same price\",\"input_price\":1.0}")))
                .isEqualTo(1);
        assertThat(priceVersion(models.update(id, "{\"input_price\":1.5}"))).isEqualTo(2);
        assertThat(priceVersion(models.update(id, "{\"currency\":\"CNY\"}"))).isEqualTo(3);
        assertThat(models.update(id, "{\"input_price\":null}").code()).isEqualTo("invalid_price");
        assertThat(priceVersion(models.update(id, "{\"input_price\":null,\"output_price\":null}")))
                .isEqualTo(4);

        assertThat(models.routes.database().query(HISTORY))
                .containsExactly(
                        "1 USD 1000000000 2000000000",
                        "2 USD 1500000000 2000000000",
                        "3 CNY 1500000000 2000000000",
                        "4 CNY");
        models.delete(id);
        assertThat(models.routes.database().query(HISTORY)).hasSize(4);
    }

    private static int priceVersion(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("price_version").intValue();
    }
}
