package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.egress.Cidr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryEndpointTest {
    private static final String DISCOVER = RunningModels.PATH + "/discover";
    private static final String BULK = RunningModels.PATH + "/bulk";
    private static final String STATUS = RunningModels.PATH + "/bulk-status";

    private final RunningModels server = running();

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void presetsAreCompleteAndTheirAddressesCanBeUsed() {
        AddressGuard anywhere = new AddressGuard(
                List.of(Cidr.of("127.0.0.0/8")), host -> new InetAddress[] {InetAddress.ofLiteral("93.184.215.14")});
        Set<String> ids = new HashSet<>();
        for (ProviderPreset preset : ProviderPreset.shipped()) {
            assertThat(ids.add(preset.id())).as(preset.id()).isTrue();
            assertThat(preset.name()).as(preset.id()).containsOnlyKeys("en", "zh");
            assertThat(AuthType.check(preset.authType())).isEqualTo(preset.needsKey() ? "bearer" : "none");
            URI url = anywhere.checkBaseUrl(preset.baseUrl());
            assertThat(url.getScheme()).as(preset.id()).isEqualTo(preset.privateNetwork() ? "http" : "https");
            assertThat(preset.keyUrl().startsWith("https://")).as(preset.id()).isEqualTo(preset.needsKey());
        }
        assertThat(ids).contains("openai", "deepseek", "qwen", "zhipu", "moonshot", "doubao", "siliconflow", "ollama");
    }

    @Test
    void aListedModelComesWithWhatIsKnownOfIt() {
        String known = server.created("gpt-4o", "\"input_price\": 1, \"output_price\": 2");
        server.discovery.listed = List.of(
                PlayedDiscovery.named("gpt-4o"),
                PlayedDiscovery.named("nobody-knows-1"),
                new ModelDiscovery.Listed(
                        "seer", Optional.of("chat"), OptionalInt.of(1000), OptionalInt.of(10), Optional.of(true)));

        RunningRoutes.Answer answer = discover(
                "{\"base_url\": \"https://api.openai.com/v1/\", \"api_key\": \"sk-once\", \"provider\": \"openai\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.discovery.asked).isEqualTo("https://api.openai.com/v1 bearer sk-once");
        JsonNode data = answer.body().path("data");
        assertThat(data.path(0).path("price").path("rates").path("input").asString())
                .isEqualTo("2.5");
        assertThat(data.path(0).path("llm_model_id").asString()).isEqualTo(known);
        assertThat(data.path(1).path("price").isNull()).isTrue();
        assertThat(data.path(1).path("llm_model_id").isNull()).isTrue();
        assertThat(data.path(2).path("type").asString()).isEqualTo("text");
        assertThat(data.path(2).path("context_window").asInt()).isEqualTo(1000);
        assertThat(data.path(2).path("supports_vision").asBoolean()).isTrue();
        String audited = server.routes
                .database()
                .query("SELECT row_to_json(a) FROM audit_logs a WHERE action = 'model.discover'")
                .toString();
        assertThat(audited).contains("api.openai.com").doesNotContain("sk-once");
    }

    @Test
    void aSealedKeyGoesNowhereButToItsOwnModelsHost() {
        String id = server.created("sealed-one", "\"api_keys\": [{\"key\": \"sk-sealed-0001\"}]");

        assertThat(discover("{\"llm_model_id\": \"" + id + "\"}").status()).isEqualTo(200);
        assertThat(server.discovery.asked).isEqualTo("model " + id);
        RunningRoutes.Answer elsewhere =
                discover("{\"llm_model_id\": \"" + id + "\", \"base_url\": \"https://api.example.com/v1\"}");
        assertThat(elsewhere.code()).isEqualTo("unknown_parameter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | missing_parameter",
                "{'base_url': 'https://api.openai.com/v1'} | missing_parameter",
                "{'base_url': 'https://api.openai.com/v1', 'api_key': 'sk', 'auth_type': 'none'} | keys_not_allowed",
                "{'base_url': 'https://api.openai.com/v1', 'api_key': 'sk 1'} | invalid_key",
                "{'base_url': 'https://api.openai.com/v1', 'api_key': 'sk', 'auth_type': 'header:host'} | invalid_auth_type",
                "{'base_url': 'https://rebound.test/v1', 'api_key': 'sk'} | forbidden_target",
                "{'base_url': 'http://169.254.169.254/latest', 'api_key': 'sk'} | forbidden_target",
                "{'base_url': 'file:///etc/passwd', 'api_key': 'sk'} | invalid_base_url",
                "{'base_url': 'https://api.openai.com/v1', 'api_key': 'sk', 'x': 1} | unknown_parameter",
                "{'llm_model_id': 'x'} | invalid_type",
                "{'llm_model_id': '00000000-0000-7000-8000-000000000000'} | model_not_found",
            })
    void s1_whatCannotBeAskedIsRefusedBeforeAnythingIsSent(String body, String code) {
        server.discovery.asked = "";

        assertThat(discover(body.replace('\'', '"')).code()).isEqualTo(code);
        assertThat(server.discovery.asked).isEmpty();
    }

    @Test
    void severalModelsAreAddedAndOneThatIsWrongHarmsNoOther() {
        RunningRoutes.Answer answer = send(BULK, """
                {"provider": "openai", "base_url": "https://api.openai.com/v1", "auth_type": "bearer",
                 "api_keys": [{"key": "sk-shared-secret-0001"}], "currency": "USD",
                 "models": [{"model_id": "bulk-a", "name": "A", "price_from_catalogue": true, "upstream_model": "gpt-4o"},
                            {"model_id": "bulk a"},
                            {"model_id": "bulk-b", "type": "embedding", "input_price": "1", "output_price": "0"},
                            {"model_id": "bulk-a"},
                            {"name": "nameless"},
                            {"model_id": "bulk-c", "price_from_catalogue": true}]}
                """);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode data = answer.body().path("data");
        assertThat(answer.body().path("done").asInt()).isEqualTo(2);
        assertThat(data.valueStream()
                        .map(result -> result.path("error").path("code").asString("ok")))
                .containsExactly(
                        "ok", "invalid_model_id", "ok", "model_exists", "missing_parameter", "no_catalogue_price");
        JsonNode first = server.get("/" + data.path(0).path("id").asString()).body();
        JsonNode second = server.get("/" + data.path(2).path("id").asString()).body();
        assertThat(first.path("input_price").asString()).isEqualTo("2.5");
        assertThat(first.path("api_keys").path(0).path("hint").asString()).isEqualTo("0001");
        assertThat(second.path("name").asString()).isEqualTo("bulk-b");
        assertThat(second.path("type_code").asString()).isEqualTo("embedding");
        assertThat(second.path("api_keys").path(0).path("id"))
                .isNotEqualTo(first.path("api_keys").path(0).path("id"));
        assertThat(answer.body().toString()).doesNotContain("sk-shared");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'provider': 'openai'} | missing_parameter",
                "{'models': {}} | invalid_type",
                "{'models': [1]} | invalid_type",
                "{'models': []} | invalid_length",
                "[] | invalid_type"
            })
    void aListThatIsNoneIsRefused(String body, String code) {
        assertThat(send(BULK, body.replace('\'', '"')).code()).isEqualTo(code);
    }

    @Test
    void severalModelsAreSwitchedAndDeleted() {
        String one = server.created("switch-1", "\"rpm_limit\": 7");
        String two = server.created("switch-2", "");
        String ids = "[\"" + one + "\", \"" + two + "\", \"nonsense\"]";

        RunningRoutes.Answer off = send(STATUS, "{\"ids\": " + ids + ", \"status\": \"disabled\"}");

        assertThat(off.body().path("done").asInt()).isEqualTo(2);
        assertThat(off.body().path("data").path(2).path("error").path("code").asString())
                .isEqualTo("model_not_found");
        JsonNode switched = server.get("/" + one).body();
        assertThat(switched.path("status").asString()).isEqualTo("disabled");
        assertThat(switched.path("rpm_limit").asInt()).isEqualTo(7);
        assertThat(switched.path("version").asInt()).isEqualTo(2);
        assertThat(send(STATUS, "{\"ids\": " + ids + ", \"status\": \"deleted\"}")
                        .body()
                        .path("done")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.get("/" + two).status()).isEqualTo(404);
        assertThat(send(STATUS, "{\"ids\": [], \"status\": \"deleted\"}").code())
                .isEqualTo("invalid_length");
        assertThat(send(STATUS, "{\"ids\": [\"x\"], \"status\": \"gone\"}").code())
                .isEqualTo("invalid_value");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, text",
        "text-embedding-3-small, embedding",
        "BAAI/bge-m3, embedding",
        "BAAI/bge-reranker-v2-m3, rerank",
        "whisper-1, audio",
        "tts-1-hd, audio",
        "dall-e-3, image",
        "gpt-image-1, image",
        "doubao-seedream-4-0, image",
        "sora-2, video",
        "Wan-AI/Wan2.2-T2V-A14B, video",
        "qwen3-vl-plus, text",
        "deepseek-reasoner, text"
    })
    void namesTellWhatModelsMake(String name, String type) {
        assertThat(TypeOfName.type("", name).code()).isEqualTo(type);
    }

    private static RunningModels running() {
        try {
            return new RunningModels();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private RunningRoutes.Answer discover(String body) {
        return send(DISCOVER, body);
    }

    private RunningRoutes.Answer send(String path, String body) {
        return server.routes.send(RunningRoutes.ADMIN, "POST", path, body);
    }
}
