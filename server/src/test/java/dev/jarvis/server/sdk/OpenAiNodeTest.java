package dev.jarvis.server.sdk;

import dev.jarvis.server.testing.UsageRow;
import dev.jarvis.testkit.provider.LedgerEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The npm package {@code openai}. All cases run once, together, in one Node process; each test looks at one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiNodeTest {
    private final SdkServer sdk = new SdkServer();
    private JsonNode results = tools.jackson.databind.node.MissingNode.getInstance();

    @BeforeAll
    void run() throws IOException {
        results = NodeScript.run(
                "sdk.mjs",
                Map.of(
                        "JARVIS_OPENAI_BASE", sdk.server().openAiBase().toString(),
                        "JARVIS_CALLER_KEY", sdk.callerKey()));
    }

    @AfterAll
    void stop() {
        sdk.close();
    }

    private JsonNode result(String name) {
        JsonNode result = results.path(name);
        assertThat(result.path("broken").asString(""))
                .as("the case '%s' broke", name)
                .isEmpty();
        assertThat(result.isObject()).isTrue();
        return result;
    }

    private UsageRow usageOf(JsonNode result) {
        List<UsageRow> rows = sdk.server().awaitUsageOf(result.path("requestId").asString());
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    @Test
    void getsAWholeAnswerWhoseUsageIsTheOneRecorded() {
        JsonNode whole = result("whole");

        assertThat(whole.path("content").asString()).isEqualTo(" t0 t1 t2 t3 t4");
        assertThat(whole.path("finish").asString()).isEqualTo("stop");
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(5);
        UsageRow row = usageOf(whole);
        assertThat(row.outputTokens()).isEqualTo(5);
        assertThat(row.inputTokens()).isEqualTo(whole.at("/usage/prompt_tokens").asLong());
        assertThat(row.billing()).isEqualTo("exact");
        assertThat(row.costNano()).isEqualTo(row.inputTokens() * 1000 + row.outputTokens() * 2000);
    }

    @Test
    void getsSeveralChoices() {
        assertThat(result("severalChoices").path("choices").asInt()).isEqualTo(3);
        assertThat(result("severalChoices").path("completionTokens").asInt()).isEqualTo(6);
    }

    @Test
    void isStoppedByMaxTokens() {
        assertThat(result("maxTokens").path("finish").asString()).isEqualTo("length");
        assertThat(result("maxTokens").path("completionTokens").asInt()).isEqualTo(4);
    }

    @Test
    void t17_getsAStreamWithoutTheUsageItDidNotAskForAndItIsRecordedExactly() {
        JsonNode streamed = result("streamed");

        assertThat(streamed.path("content").asString()).isEqualTo(" t0 t1 t2 t3 t4 t5");
        assertThat(streamed.path("finish").asString()).isEqualTo("stop");
        assertThat(streamed.path("type").asString()).startsWith("text/event-stream");
        assertThat(streamed.path("withUsage").asInt()).isZero();
        assertThat(streamed.path("emptyChoices").asInt()).isZero();
        UsageRow row = usageOf(streamed);
        assertThat(row.outputTokens()).isEqualTo(6);
        assertThat(row.billing()).isEqualTo("exact");
    }

    @Test
    void getsTheUsageItAskedForInTheLastChunkOnly() {
        JsonNode streamed = result("streamedWithUsage");

        assertThat(streamed.at("/usage/completion_tokens").asInt()).isEqualTo(6);
        assertThat(streamed.path("lastHasNoChoices").asBoolean()).isTrue();
        assertThat(streamed.path("othersWithUsage").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"tool", "toolStreamed"})
    void getsToolCallsWholeAndStreamed(String name) {
        JsonNode tool = result(name);

        assertThat(tool.path("finish").asString()).isEqualTo("tool_calls");
        assertThat(tool.path("name").asString()).isEqualTo("get_weather");
        assertThat(tool.at("/arguments/city").asString()).isEqualTo("Berlin");
    }

    @Test
    void sendsAToolsResultBack() {
        assertThat(result("tool").path("afterwards").asString()).isEqualTo("Hello from the scripted provider.");
    }

    @Test
    void anAbortedStreamIsRecordedOnceWithWhatTheProviderMade() {
        JsonNode cancelled = result("cancelled");
        UsageRow row = usageOf(cancelled);
        LedgerEntry attempt = sdk.provider().awaitEntry(row.attemptId());

        assertThat(row.outcome()).isEqualTo("client_gone");
        assertThat(cancelled.path("received").asInt()).isEqualTo(3);
        assertThat(row.outputTokens()).isBetween(3L, attempt.tokensGenerated());
        if (row.billing().equals("exact")) {
            assertThat(row.outputTokens()).isEqualTo(attempt.outputTokens());
        }
    }

    @Test
    void listsTheModels() {
        assertThat(result("models").path("ids").findValuesAsString("id")).contains("sdk", "sdk-broken");
        assertThat(result("models").path("ids").findValuesAsString("object")).containsOnly("model");
    }

    @Test
    void asksForOneModel() {
        assertThat(result("oneModel").path("id").asString()).isEqualTo("org/sdk:v1");
        assertThat(result("oneModel").path("object").asString()).isEqualTo("model");
    }

    @ParameterizedTest
    @CsvSource({
        "wrongKey,AuthenticationError,401,invalid_credentials",
        "unknownModel,NotFoundError,404,model_not_found",
        "noModel,NotFoundError,404,model_not_found",
        "badRequest,BadRequestError,400,invalid_messages",
        "rateLimited,RateLimitError,429,upstream_rate_limited",
    })
    void knowsOurErrorsByItsOwnClasses(String name, String errorClass, int status, String code) {
        JsonNode error = result(name);

        assertThat(error.path("class").asString()).isEqualTo(errorClass);
        assertThat(error.path("status").asInt()).isEqualTo(status);
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("requestId").asString("")).isNotEmpty();
    }

    @Test
    void triesTwiceMoreWhenTheProviderFails() {
        JsonNode error = result("providerFails");

        assertThat(error.path("class").asString()).isEqualTo("InternalServerError");
        assertThat(error.path("sent")).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhenToldThatItIsOfNoUse() {
        JsonNode error = result("providerKeyIsDead");

        assertThat(error.path("class").asString()).isEqualTo("InternalServerError");
        assertThat(error.path("code").asString()).isEqualTo("no_usable_key");
        assertThat(error.path("sent")).hasSize(1);
        assertThat(error.at("/sent/0/shouldRetry").asString()).isEqualTo("false");
    }

    @Test
    void throwsForAnErrorInTheStreamAfterTheContentBeforeIt() {
        JsonNode error = result("errorInTheStream");

        assertThat(error.path("received").asInt()).isEqualTo(3);
        assertThat(error.path("class").asString()).isEqualTo("APIError");
        assertThat(error.path("isApiError").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"nobodyThere,APIConnectionError", "tooSlow,APIConnectionTimeoutError"})
    void tellsConnectionErrorsFromAnswers(String name, String errorClass) {
        assertThat(result(name).path("class").asString()).isEqualTo(errorClass);
    }
}
