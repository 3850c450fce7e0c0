package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.provider.ListedModel;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelListTest {
    private static final String KEY = "sk-discovering-key-0001";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway running = new RunningGateway()
            .model("m", provider.baseUrl(), KeyMode.SINGLE, RunningGateway.key("sk-of-the-model"))
            .start();

    @AfterAll
    void stop() throws Exception {
        running.close();
        provider.close();
    }

    @Test
    void asksForTheListWithTheKeyWhereTheProviderWantsIt() {
        answers(200, "{\"data\": [{\"id\": \"one\"}, {\"id\": \"two\"}, {\"id\": \"one\"}, {\"id\": {}}, 7]}");

        assertThat(ask("bearer").models()).extracting(ListedModel::id).containsExactly("one", "two");
        assertThat(last().method()).isEqualTo("GET");
        assertThat(last().target()).isEqualTo("/v1/models");
        assertThat(last().header("authorization")).hasValue("Bearer " + KEY);
        ask("header:x-key");
        assertThat(last().header("x-key")).hasValue(KEY);
        assertThat(last().header("authorization")).isEmpty();
        ask("query:key");
        assertThat(last().target()).isEqualTo("/v1/models?key=" + KEY);
        running.gateway().listModels(running.deploymentOf("m"));
        assertThat(last().header("authorization")).hasValue("Bearer sk-of-the-model");
    }

    @Test
    void readsWhatProvidersSayOfTheirModels() {
        answers(200, """
                {"data": [
                  {"id": "router", "context_length": 128000, "top_provider": {"max_completion_tokens": 4096},
                   "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]}},
                  {"id": "painter", "architecture": {"input_modalities": ["text"], "output_modalities": ["image"]}},
                  {"id": "groq", "context_window": 131072, "max_completion_tokens": 32768},
                  {"id": "mistral", "max_context_length": 32768, "capabilities": {"vision": true}},
                  {"id": "vllm", "max_model_len": 8192},
                  {"id": "models/gemini", "context_length": -1}]}
                """);

        assertThat(ask("bearer").models())
                .containsExactly(
                        listed("router", "", 128000, 4096, true),
                        listed("painter", "image", 0, 0, false),
                        listed("groq", "", 131072, 32768, null),
                        listed("mistral", "", 32768, 0, true),
                        listed("vllm", "", 8192, 0, null),
                        listed("gemini", "", 0, 0, null));
        answers(200, "[{\"id\": \"together\", \"type\": \"chat\", \"context_length\": 4}]");
        assertThat(ask("bearer").models()).containsExactly(listed("together", "chat", 4, 0, null));
    }

    @ParameterizedTest
    @CsvSource({
        "401, key_refused",
        "403, key_refused",
        "402, quota_exhausted",
        "404, no_model_list",
        "429, rate_limited",
        "500, upstream_error",
        "302, upstream_error"
    })
    void saysWhatTheProviderSaidAndNeverTheKey(int status, String code) {
        answers(status, "{\"error\": {\"message\": \"Incorrect key: " + KEY + ".\"}}");

        ModelList list = ask("bearer");

        assertThat(list.models()).isEmpty();
        assertThat(list.status()).hasValue(status);
        assertThat(list.fault().orElseThrow().code()).isEqualTo(code);
        assertThat(list.toString()).contains("It said: Incorrect key: ***.").doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html>no</html> | upstream_protocol_error",
                "{'data': 1} | upstream_protocol_error",
                "'text' | upstream_protocol_error"
            })
    void anAnswerThatIsNoListIsNoList(String body, String code) {
        answers(200, body.replace('\'', '"'));

        assertThat(ask("bearer").fault().orElseThrow().code()).isEqualTo(code);
    }

    @Test
    void aListWithoutEndIsNotReadToItsEnd() {
        answers(200, "[\"" + "x".repeat(5 * 1024 * 1024) + "\"]");

        assertThat(ask("bearer").fault().orElseThrow().code()).isEqualTo("answer_too_large");
    }

    @Test
    void s1_forbiddenAddressesAreNotConnectedTo() {
        ModelList list = running.gateway()
                .listModels(URI.create("https://169.254.169.254/v1"), "bearer", Optional.of(new Secret(KEY)));

        assertThat(list.fault().orElseThrow().code()).isEqualTo("upstream_forbidden_target");
    }

    private ModelList ask(String authType) {
        return running.gateway().listModels(provider.baseUrl(), authType, Optional.of(new Secret(KEY)));
    }

    private void answers(int status, String body) {
        Script answer = Scripts.answer(status, Map.of("content-type", "application/json"), body);
        provider.whenAskedForModels(answer);
    }

    private ReceivedRequest last() {
        return provider.received().getLast();
    }

    private static ListedModel listed(String id, String kind, int context, int most, @Nullable Boolean vision) {
        return new ListedModel(
                id,
                Optional.of(kind).filter(said -> !said.isEmpty()),
                context == 0 ? OptionalInt.empty() : OptionalInt.of(context),
                most == 0 ? OptionalInt.empty() : OptionalInt.of(most),
                Optional.ofNullable(vision));
    }
}
