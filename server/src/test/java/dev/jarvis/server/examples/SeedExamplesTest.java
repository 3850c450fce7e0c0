package dev.jarvis.server.examples;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the original description, in its order, as written there: the address, the token, the id and the three
 * dots of {@code "messages": [...]} are filled in, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeedExamplesTest {
    private static final String CREATE = """
            curl -X POST http://localhost:8080/api/v1/llm-models \\
              -H "Authorization: Bearer {admin_token}" \\
              -H "Content-Type: application/json" \\
              -d '{
                "name": "GPT-4 Turbo",
                "model_id": "gpt-4-turbo",
                "provider": "openai",
                "type": "生文",
                "description": "最新的 GPT-4 模型",
                "base_url": "https://api.openai.com/v1",
                "auth_type": "api_key",
                "key_usage_mode": "single",
                "api_keys": [
                  {"key": "sk-your-api-key", "status": "enabled"}
                ],
                "supports_vision": true,
                "max_tokens": 4096,
                "context_window": 128000
              }'
            """;
    private static final String LIST = """
            GET /api/v1/llm-models?provider=openai&type=生文&status=enabled
            Authorization: Bearer {admin_token}
            """;
    private static final String UPDATE = """
            PUT /api/v1/llm-models/{id}
            Authorization: Bearer {admin_token}

            {
              "status": "disabled",
              "api_keys": [
                {"key": "sk-new-key", "status": "enabled"}
              ]
            }
            """;
    private static final String DELETE = """
            DELETE /api/v1/llm-models/{id}
            Authorization: Bearer {admin_token}
            """;
    private static final String CHAT = """
            POST /api/v1/llm/chat
            Authorization: Bearer {token}

            {
              "model": "gpt-4-turbo",
              "messages": [{"role": "user", "content": "tokens=5"}],
              "temperature": 0.7,
              "max_tokens": 2000,
              "stream": true
            }
            """;
    private static final String MODELS = """
            GET /api/v1/llm/models
            Authorization: Bearer {token}
            """;
    private static final String USAGE = """
            GET /api/v1/llm/usage
            Authorization: Bearer {token}
            """;

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestingServer server =
            TestingServer.builder().withProvider(provider).start();
    private final Curl curl = new Curl(server.base(), server.adminToken());
    private String id = "";

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    @Order(1)
    void createsTheModel() {
        Curl.Answer created = curl.paste(CREATE);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        id = created.json().path("id").asString();
        assertThat(created.json().path("type").asString()).isEqualTo("生文");
        assertThat(created.json().path("description").asString()).isEqualTo("最新的 GPT-4 模型");
        assertThat(created.body()).doesNotContain("sk-your-api-key");
    }

    @Test
    @Order(2)
    void listsItByItsProviderTypeAndStatus() {
        Curl.Answer listed = curl.request(LIST, id);

        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        assertThat(listed.json().path("data").findValuesAsString("model_id")).containsExactly("gpt-4-turbo");
        Curl.Answer others = curl.request(LIST.replace("provider=openai", "provider=other"), id);
        assertThat(others.json().path("data")).isEmpty();
    }

    @Test
    @Order(3)
    void updatesItsStatusAndKeys() {
        Curl.Answer updated = curl.request(UPDATE, id);

        assertThat(updated.status()).as(updated.body()).isEqualTo(200);
        assertThat(updated.json().path("status").asString()).isEqualTo("disabled");
        assertThat(updated.json().path("api_keys")).hasSize(1);
        assertThat(updated.body()).doesNotContain("sk-new-key");
    }

    @Test
    @Order(4)
    void chatsWithItStreamedAndNot() {
        server.admin()
                .put(
                        "/api/v1/llm-models/" + id,
                        Map.of(
                                "status",
                                "enabled",
                                "base_url",
                                provider.baseUrl().toString(),
                                "api_keys",
                                List.of(Map.of("key", "sk-new-key", "status", "enabled"))))
                .expect(200);
        server.awaitCallable("gpt-4-turbo");
        Curl.Answer streamed = curl.request(CHAT, id);
        Curl.Answer whole = curl.request(CHAT.replace("\"stream\": true", "\"stream\": false"), id);

        assertThat(streamed.status()).as(streamed.body()).isEqualTo(200);
        assertThat(streamed.body()).startsWith("data: {").endsWith("data: [DONE]\n\n");
        assertThat(whole.json().at("/choices/0/message/content").asString()).isEqualTo(" t0 t1 t2 t3 t4");
        assertThat(provider.received())
                .hasSize(2)
                .allMatch(request -> request.key().equals("sk-new-key"));
    }

    @Test
    @Order(5)
    void showsTheModelsAndTheUsageOfTheUser() {
        server.awaitUsage(2);
        Curl.Answer models = curl.request(MODELS, id);
        Curl.Answer usage = curl.request(USAGE, id);

        assertThat(models.status()).as(models.body()).isEqualTo(200);
        assertThat(models.body()).contains("\"gpt-4-turbo\"", "GPT-4 Turbo", "生文", "128000");
        assertThat(usage.status()).as(usage.body()).isEqualTo(200);
        List<String> outputTokens = usage.json().findValuesAsString("output_tokens");
        assertThat(outputTokens).as(usage.body()).contains("10");
    }

    @Test
    @Order(6)
    void deletesTheModel() {
        Curl.Answer deleted = curl.request(DELETE, id);

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(204);
        assertThat(curl.request(LIST, id).json().path("data")).isEmpty();
    }
}
