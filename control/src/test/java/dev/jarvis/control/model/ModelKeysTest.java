package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Provider keys: they go in, are sealed at their row, and never come out. */
class ModelKeysTest {
    private static final String FIRST = "sk-canary-first-AAAA1111";
    private static final String SECOND = "sk-canary-second-BBBB2222";
    private static final String TWO_KEYS = "\"api_keys\":[{\"key\":\"" + FIRST
            + "\",\"name\":\"main\",\"weight\":3},{\"key\":\"" + SECOND + "\",\"status\":\"disabled\"}]";

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
    void m8_noAnswerAndNoTableShowsAKey() {
        String id = models.created("secret", TWO_KEYS);
        List<String> answers = List.of(
                models.get("").response().body(),
                models.get("/" + id).response().body(),
                models.update(id, "{\"api_keys\":[{\"key\":\"" + FIRST + "\"}]}")
                        .response()
                        .body(),
                models.update(id, "{\"api_keys\":[{\"key\":\"" + FIRST + "\",\"status\":\"x\"}]}")
                        .response()
                        .body(),
                models.update(id, "{\"api_keys\":[{\"key\":\"" + FIRST + " \"}]}")
                        .response()
                        .body());

        assertThat(answers).noneMatch(answer -> answer.contains("canary"));
        assertThat(answers.getFirst()).contains("\"hint\":\"1111\"").contains("\"hint\":\"2222\"");
        for (String table :
                List.of("llm_models", "provider_keys", "audit_logs", "llm_model_prices", "change_notices")) {
            assertThat(models.routes.database().query("SELECT t::text FROM " + table + " t"))
                    .as(table)
                    .noneMatch(row -> row.contains("canary") || row.contains("63616e617279"));
        }
    }

    @Test
    void sealsEachKeyAtItsOwnRow() {
        String id = models.created("sealed", TWO_KEYS);

        assertThat(models.openedKeys(id)).containsExactly(FIRST, SECOND);
        JsonNode keys = models.get("/" + id).body().path("api_keys");
        assertThat(keys.path(0).path("name").asString()).isEqualTo("main");
        assertThat(keys.path(0).path("weight").intValue()).isEqualTo(3);
        assertThat(keys.path(0).path("status").asString()).isEqualTo("enabled");
        assertThat(keys.path(1).path("status").asString()).isEqualTo("disabled");
        assertThat(keys.path(0).path("health").path("state").asString()).isEqualTo("healthy");
    }

    @Test
    void anItemWithAnIdKeepsItsSealedKeyAndTheRestOfTheListIsReplaced() {
        String id = models.created("replaced", TWO_KEYS);
        String second =
                models.get("/" + id).body().path("api_keys").path(1).path("id").asString();

        Answer updated = models.update(
                id,
                "{\"api_keys\":[{\"key\":\"sk-third-key-CCCC3333\"},{\"id\":\"" + second
                        + "\",\"status\":\"enabled\",\"weight\":7}]}");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(models.openedKeys(id)).containsExactly("sk-third-key-CCCC3333", SECOND);
        JsonNode kept = updated.body().path("api_keys").path(1);
        assertThat(kept.path("id").asString()).isEqualTo(second);
        assertThat(kept.path("status").asString()).isEqualTo("enabled");
        assertThat(kept.path("weight").intValue()).isEqualTo(7);
        assertThat(kept.path("hint").asString()).isEqualTo("2222");
    }

    @Test
    void anItemWithAnIdAndAKeySealsTheNewKeyUnderTheSameId() {
        String id = models.created("rotated", TWO_KEYS);
        JsonNode first = models.get("/" + id).body().path("api_keys").path(0);
        String keyId = first.path("id").asString();
        refuse(keyId);

        JsonNode rotated = models.update(
                        id, "{\"api_keys\":[{\"id\":\"" + keyId + "\",\"key\":\"sk-rotated-key-DDDD4444\"}]}")
                .body()
                .path("api_keys")
                .path(0);

        assertThat(models.openedKeys(id)).containsExactly("sk-rotated-key-DDDD4444");
        assertThat(rotated.path("id").asString()).isEqualTo(keyId);
        assertThat(rotated.path("name").asString()).isEqualTo("main");
        assertThat(rotated.path("hint").asString()).isEqualTo("4444");
        assertThat(rotated.path("health").path("state").asString()).isEqualTo("healthy");
    }

    @Test
    void aKeyOfAnotherModelIsUnknown() {
        String mine = models.created("mine", TWO_KEYS);
        String other = models.created("other", TWO_KEYS);
        String foreign = models.get("/" + other)
                .body()
                .path("api_keys")
                .path(0)
                .path("id")
                .asString();

        Answer refused = models.update(mine, "{\"name\":\"x\",\"api_keys\":[{\"id\":\"" + foreign + "\"}]}");

        assertThat(refused.code()).isEqualTo("unknown_key");
        assertThat(refused.param()).isEqualTo("api_keys[0].id");
        assertThat(models.get("/" + mine).body().path("name").asString()).isEqualTo("A model");
        assertThat(models.openedKeys(mine)).hasSize(2);
        assertThat(models.openedKeys(other)).hasSize(2);
    }

    @Test
    void aKeyListedTwiceIsRefused() {
        String id = models.created("twice", TWO_KEYS);
        String key = "{\"id\":\""
                + models.get("/" + id)
                        .body()
                        .path("api_keys")
                        .path(0)
                        .path("id")
                        .asString() + "\"}";

        assertThat(models.update(id, "{\"api_keys\":[" + key + "," + key + "]}").code())
                .isEqualTo("invalid_value");
    }

    @Test
    void s4_aKeptKeyIsNotSentToAnotherHost() {
        String id = models.created("moved", TWO_KEYS);
        String keyId =
                models.get("/" + id).body().path("api_keys").path(0).path("id").asString();
        String move = "\"base_url\":\"https://api.example.com/v1\"";

        assertThat(models.update(id, "{" + move + "}").code()).isEqualTo("keys_required");
        assertThat(models.update(id, "{" + move + ",\"api_keys\":[{\"id\":\"" + keyId + "\"}]}")
                        .code())
                .isEqualTo("keys_required");
        assertThat(models.get("/" + id).body().path("base_url").asString()).isEqualTo("https://api.openai.com/v1");
        assertThat(models.update(id, "{\"base_url\":\"https://api.openai.com:8443/v2\"}")
                        .status())
                .isEqualTo(200);
        assertThat(models.update(id, "{" + move + ",\"api_keys\":[{\"key\":\"sk-for-the-other\"}]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void noKeysWithoutAuthentication() {
        String id = models.created("open", "\"auth_type\":\"none\"");
        String keyed = models.created("keyed", TWO_KEYS);

        assertThat(models.create("both", "\"auth_type\":\"none\"," + TWO_KEYS).code())
                .isEqualTo("keys_not_allowed");
        assertThat(models.update(id, "{" + TWO_KEYS + "}").code()).isEqualTo("keys_not_allowed");
        assertThat(models.update(keyed, "{\"auth_type\":\"none\"}").code()).isEqualTo("keys_not_allowed");
        assertThat(models.update(keyed, "{\"auth_type\":\"none\",\"api_keys\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(models.openedKeys(keyed)).isEmpty();
    }

    @Test
    void anEmptyKeyListIsAllowedAndSaidSo() {
        JsonNode model = models.create("empty", "\"api_keys\":[]").body();

        assertThat(model.path("warnings").path(0).path("code").asString()).isEqualTo("no_provider_key");
    }

    @Test
    void showsWhyAKeyIsOutOfUseAndSwitchingItOnTriesItAgain() {
        String id = models.created("ill", TWO_KEYS);
        String second =
                models.get("/" + id).body().path("api_keys").path(1).path("id").asString();
        refuse(second);

        JsonNode health = models.get("/" + id).body().path("api_keys").path(1).path("health");
        assertThat(health.path("state").asString()).isEqualTo("refused");
        assertThat(health.path("reason_code").asString()).isEqualTo("key_refused");
        assertThat(health.path("reason").asString()).isEqualTo("401");
        assertThat(health.path("since").isString()).isTrue();
        assertThat(health.path("until").isNull()).isTrue();

        Answer on = models.update(id, "{\"api_keys\":[{\"id\":\"" + second + "\",\"status\":\"enabled\"}]}");
        assertThat(on.body()
                        .path("api_keys")
                        .path(0)
                        .path("health")
                        .path("state")
                        .asString())
                .isEqualTo("healthy");
    }

    @Test
    void aRestThatIsOverIsHealthy() {
        String id = models.created("rested", TWO_KEYS);
        String first =
                models.get("/" + id).body().path("api_keys").path(0).path("id").asString();
        models.routes
                .database()
                .execute("INSERT INTO provider_key_health (key_id, state, reason, until) VALUES ('" + first
                        + "', 'cooling', '429', now() - interval '1 second')");

        assertThat(models.get("/" + id)
                        .body()
                        .path("api_keys")
                        .path(0)
                        .path("health")
                        .path("state")
                        .asString())
                .isEqualTo("healthy");
    }

    @Test
    void aSealedVaultRefusesKeysAndChangesNothing() throws Exception {
        try (RunningModels withoutKey = new RunningModels()) {
            withoutKey.vault.loseKey();

            Answer refused = withoutKey.create("sealed", TWO_KEYS);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("sealed");
            assertThat(withoutKey.get("").body().path("total").intValue()).isZero();
        }
    }

    @Test
    void testsAModelWithTheKeyThatIsNamed() {
        String id = models.created("tested", TWO_KEYS);
        String second =
                models.get("/" + id).body().path("api_keys").path(1).path("id").asString();
        String path = RunningModels.PATH + "/" + id + "/test";

        Answer any = models.routes.send(RunningRoutes.ADMIN, "POST", path, null);
        assertThat(any.status()).isEqualTo(200);
        assertThat(models.probe.key).isEmpty();
        assertThat(any.body().path("ok").booleanValue()).isTrue();
        assertThat(any.body().path("status").intValue()).isEqualTo(200);
        assertThat(any.body().path("latency_ms").intValue()).isEqualTo(12);
        assertThat(any.body().path("answer").asString()).isEqualTo("好".repeat(200));
        assertThat(any.body().path("usage").path("total_tokens").intValue()).isEqualTo(6);
        assertThat(any.body().path("error").isNull()).isTrue();

        models.routes.send(RunningRoutes.ADMIN, "POST", path, "{\"key_id\":\"" + second + "\"}");
        assertThat(models.probe.key.map(Object::toString)).contains(second);
        assertThat(models.routes
                        .send(RunningRoutes.ADMIN, "POST", path, "{\"key_id\":\"" + id + "\"}")
                        .code())
                .isEqualTo("unknown_key");
        assertThat(models.routes.database().query("SELECT count(*) FROM audit_logs WHERE action = 'model.test'"))
                .containsExactly("2");
    }

    @Test
    void testsAModelBeforeItIsSavedAndKeepsNothingOfIt() {
        Answer tested = models.test(
                "not-yet",
                "\"upstream_model\":\"real-name\",\"auth_type\":\"header:x-key\",\"api_keys\":[{\"key\":\"" + SECOND
                        + "\",\"status\":\"disabled\"},{\"key\":\"" + FIRST + "\"}]");

        assertThat(tested.status()).as(tested.body().toString()).isEqualTo(200);
        assertThat(tested.body().path("ok").booleanValue()).isTrue();
        assertThat(models.probe.asked).isEqualTo("https://api.openai.com/v1 header:x-key real-name " + FIRST);
        assertThat(models.get("").body().path("total").intValue()).isZero();
        for (String table : List.of("llm_models", "provider_keys", "llm_model_prices", "change_notices")) {
            assertThat(models.routes.database().query("SELECT t::text FROM " + table + " t"))
                    .as(table)
                    .noneMatch(row -> row.contains("not-yet") || row.contains("canary"));
        }
        assertThat(models.routes
                        .database()
                        .query("SELECT target_type || ' ' || target_id || ' ' || after::text FROM audit_logs"
                                + " WHERE action = 'model.test'"))
                .singleElement()
                .asString()
                .startsWith("provider api.openai.com ")
                .contains("not-yet", "https://api.openai.com/v1", "header:x-key")
                .doesNotContain("canary");
        assertThat(models.test("no-key", "").body().path("ok").booleanValue()).isTrue();
        assertThat(models.probe.asked).endsWith(" no-key -");
        assertThat(models.test("m", "\"auth_type\":\"none\",\"api_keys\":[{\"key\":\"sk-a\"}]")
                        .code())
                .isEqualTo("keys_not_allowed");
    }

    private void refuse(String keyId) {
        models.routes
                .database()
                .execute("INSERT INTO provider_key_health (key_id, state, reason_code, reason) VALUES ('" + keyId
                        + "', 'refused', 'key_refused', '401')");
    }
}
