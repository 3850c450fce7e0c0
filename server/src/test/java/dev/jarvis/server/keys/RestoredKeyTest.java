package dev.jarvis.server.keys;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class RestoredKeyTest {
    private static final Map<String, Object> HELLO =
            Map.of("model", "m", "messages", List.of(Map.of("role", "user", "content", "Hello")));

    @Test
    void anAdministratorEndsAKeysRest() {
        try (ScriptedProvider provider = ScriptedProvider.start();
                TestingServer server =
                        TestingServer.builder().withProvider(provider).start()) {
            String model = "/api/v1/llm-models/" + server.createModel("m");
            provider.whenKey(TestingServer.providerKey("m"), Scripts.invalidKey());
            assertThat(chat(server).status()).isEqualTo(502);
            JsonNode key = Await.value(
                    "the key is shown as refused",
                    () -> key(server, model),
                    shown -> shown.path("health").path("state").asString().equals("refused"));
            assertThat(key.path("health").path("reason").asString()).contains("401");
            assertThat(key.path("health").path("until").asString()).isNotEmpty();
            provider.reset();
            assertThat(chat(server).status()).as("while it rests").isEqualTo(502);

            ApiAnswer restored = server.admin()
                    .post(model + "/keys/" + key.path("id").asString() + "/restore", Map.of())
                    .expect(200);

            assertThat(restored.text("/api_keys/0/health/state")).isEqualTo("healthy");
            Await.until("the key is used again", () -> chat(server).status() == 200);
            assertThat(server.admin()
                            .get("/api/v1/audit-logs?action=model.key_restore")
                            .json()
                            .path("data"))
                    .hasSize(1);
            Await.until(
                    "its use is seen",
                    () -> !key(server, model).path("last_used_at").isNull());
        }
    }

    @Test
    void k2_aKeyThatDoesNotOpenIsMarkedAndAuditedAndTheOthersServe() {
        try (ScriptedProvider provider = ScriptedProvider.start();
                TestingServer server =
                        TestingServer.builder().withProvider(provider).start()) {
            String model = "/api/v1/llm-models/" + server.createModel("m");
            server.database()
                    .execute("UPDATE provider_keys SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)");
            server.createModel("other");

            JsonNode key = Await.value(
                    "the key is shown as corrupt",
                    () -> key(server, model),
                    shown -> shown.path("health").path("state").asString().equals("corrupt"));

            assertThat(server.admin()
                            .post(model + "/keys/" + key.path("id").asString() + "/restore", Map.of())
                            .expect(409)
                            .text("/error/code"))
                    .isEqualTo("key_corrupt");
            JsonNode records = server.admin()
                    .get("/api/v1/audit-logs?action=provider_key.open")
                    .json()
                    .path("data");
            assertThat(records).hasSize(1);
            assertThat(records.path(0).path("target_id")).isEqualTo(key.path("id"));
            assertThat(records.path(0).path("outcome").asString()).isEqualTo("refused");
            server.awaitCallable("other");
        }
    }

    private static ApiAnswer chat(TestingServer server) {
        return server.admin().post("/v1/chat/completions", HELLO);
    }

    private static JsonNode key(TestingServer server, String model) {
        return server.admin().get(model).json().path("api_keys").path(0);
    }
}
