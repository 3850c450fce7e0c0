package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The built-in model: there once, and from then on the administrator's. */
class DemoModelTest {
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

    @Test
    void isThereEnabledAndPricedAfterAFreshStart() {
        DemoModel.ensure(models.routes.jdbi(), true);

        JsonNode demo = demo();
        assertThat(demo.path("model_id").asString()).isEqualTo("demo");
        assertThat(demo.path("status").asString()).isEqualTo("enabled");
        assertThat(demo.path("built_in").booleanValue()).isTrue();
        assertThat(demo.path("base_url").asString()).isEqualTo("http://demo.jarvis.invalid/v1");
        assertThat(demo.path("auth_type").asString()).isEqualTo("none");
        assertThat(demo.path("input_price").asString()).isEqualTo("0.5");
        assertThat(demo.path("output_price").asString()).isEqualTo("1.5");
        assertThat(demo.path("warnings").isEmpty()).isTrue();
    }

    @Test
    void staysAsTheAdministratorLeftIt() {
        DemoModel.ensure(models.routes.jdbi(), true);
        Answer disabled = models.update(demo().path("id").asString(), "{\"status\":\"disabled\",\"input_price\":3}");
        assertThat(disabled.status()).isEqualTo(200);

        DemoModel.ensure(models.routes.jdbi(), true);

        assertThat(demo()).isEqualTo(disabled.body());
    }

    @Test
    void staysAwayWhenItWasRemoved() {
        DemoModel.ensure(models.routes.jdbi(), true);
        models.routes.database().execute("DELETE FROM llm_models");

        DemoModel.ensure(models.routes.jdbi(), true);

        assertThat(models.get("").body().path("total").intValue()).isZero();
    }

    @Test
    void leavesAModelOfTheSameNameAlone() {
        models.created("demo", "\"name\":\"my own\"");

        DemoModel.ensure(models.routes.jdbi(), true);

        assertThat(demo().path("name").asString()).isEqualTo("my own");
        assertThat(demo().path("built_in").booleanValue()).isFalse();
    }

    @Test
    void isDisabledWhereTheDatabaseIsNotFresh() {
        DemoModel.ensure(models.routes.jdbi(), false);

        assertThat(demo().path("status").asString()).isEqualTo("disabled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"base_url\":\"https://api.example.com/v1\"",
                "\"model_id\":\"other\"",
                "\"auth_type\":\"api_key\"",
                "\"api_keys\":[]",
                "\"upstream_model\":\"x\"",
                "\"provider\":\"x\""
            })
    void cannotBePointedElsewhere(String member) {
        DemoModel.ensure(models.routes.jdbi(), true);

        Answer refused = models.update(demo().path("id").asString(), "{" + member + "}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("built_in_model");
    }

    @Test
    void cannotBeDeleted() {
        DemoModel.ensure(models.routes.jdbi(), true);

        assertThat(models.delete(demo().path("id").asString()).status()).isEqualTo(409);
        assertThat(models.get("").body().path("total").intValue()).isEqualTo(1);
    }

    private JsonNode demo() {
        return models.get("?q=demo").body().path("data").path(0);
    }
}
