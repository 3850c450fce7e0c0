package dev.jarvis.server.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import dev.jarvis.server.testing.UsageRow;
import dev.jarvis.testkit.provider.LedgerEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** {@code com.openai:openai-java}. Answers are also validated: every field that its types know must be of its type. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaTest {
    private final SdkServer sdk = new SdkServer();
    private final List<OpenAIClient> clients = new ArrayList<>();
    private final OpenAIClient client = client(sdk.server().openAiBase().toString(), 0);
    private final OpenAIClient patient = client(sdk.server().openAiBase().toString(), 2);

    @AfterAll
    void stop() {
        clients.forEach(OpenAIClient::close);
        sdk.close();
    }

    private OpenAIClient client(String base, int retries) {
        OpenAIClient made = OpenAIOkHttpClient.builder()
                .baseUrl(base)
                .apiKey(sdk.callerKey())
                .maxRetries(retries)
                .timeout(Duration.ofSeconds(20))
                .build();
        clients.add(made);
        return made;
    }

    private static ChatCompletionCreateParams.Builder ask(String content) {
        return ask("sdk", content);
    }

    private static ChatCompletionCreateParams.Builder ask(String model, String content) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(content);
    }

    private static ChatCompletionCreateParams.Builder askWithTool() {
        return ask("tool=get_weather")
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("get_weather")
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .build())
                                .build())
                        .build());
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams params) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            List<ChatCompletionChunk> chunks = new ArrayList<>();
            stream.stream().forEach(chunk -> chunks.add(chunk.validate()));
            return chunks;
        }
    }

    private static ChatCompletion assembled(List<ChatCompletionChunk> chunks) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        chunks.forEach(accumulator::accumulate);
        return accumulator.chatCompletion();
    }

    private static String content(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private static ChatCompletionMessageToolCall onlyCall(ChatCompletion completion) {
        return completion
                .choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst();
    }

    @Test
    void getsAWholeAnswerWhoseUsageIsTheOneRecorded() {
        ChatCompletion completion;
        String requestId;
        try (HttpResponseFor<ChatCompletion> response = client.chat()
                .completions()
                .withRawResponse()
                .create(ask("tokens=5").build())) {
            completion = response.parse().validate();
            requestId = response.requestId().orElseThrow();
        }

        assertThat(content(completion)).isEqualTo(" t0 t1 t2 t3 t4");
        CompletionUsage usage = completion.usage().orElseThrow();
        List<UsageRow> rows = sdk.server().awaitUsageOf(requestId);
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().inputTokens()).isEqualTo(usage.promptTokens());
        assertThat(rows.getFirst().outputTokens()).isEqualTo(5).isEqualTo(usage.completionTokens());
        assertThat(rows.getFirst().billing()).isEqualTo("exact");
    }

    @Test
    void getsAStreamWithoutUsageUnlessItAsks() {
        List<ChatCompletionChunk> plain = stream(ask("tokens=6").build());
        List<ChatCompletionChunk> withUsage = stream(ask("tokens=6")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

        assertThat(content(assembled(plain))).isEqualTo(" t0 t1 t2 t3 t4 t5");
        assertThat(plain).allMatch(chunk -> chunk.usage().isEmpty());
        assertThat(withUsage.getLast().usage().orElseThrow().completionTokens()).isEqualTo(6);
    }

    @Test
    void getsToolCallsWholeAndStreamed() {
        ChatCompletion whole =
                client.chat().completions().create(askWithTool().build()).validate();
        ChatCompletion streamed = assembled(stream(askWithTool().build()));

        for (ChatCompletion completion : List.of(whole, streamed)) {
            assertThat(completion.choices().getFirst().finishReason())
                    .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
            assertThat(onlyCall(completion).asFunction().function().name()).isEqualTo("get_weather");
            assertThat(onlyCall(completion).asFunction().function().arguments()).isEqualTo("{\"city\":\"Berlin\"}");
        }
    }

    @Test
    void aClosedStreamIsRecordedOnceWithWhatTheProviderMade() {
        String requestId;
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response = client.chat()
                .completions()
                .withRawResponse()
                .createStreaming(ask("tokens=60 delay_ms=30").build())) {
            requestId = response.requestId().orElseThrow();
            Iterator<ChatCompletionChunk> chunks = response.parse().stream().iterator();
            for (int i = 0; i < 4; i++) {
                chunks.next();
            }
        }

        List<UsageRow> rows = sdk.server().awaitUsageOf(requestId);
        assertThat(rows).hasSize(1);
        LedgerEntry attempt = sdk.provider().awaitEntry(rows.getFirst().attemptId());
        assertThat(rows.getFirst().outcome()).isEqualTo("client_gone");
        assertThat(rows.getFirst().outputTokens()).isBetween(3L, attempt.tokensGenerated());
    }

    @Test
    void listsTheModels() {
        assertThat(client.models().list().response().validate().data())
                .anyMatch(model -> model.id().equals("sdk"));
    }

    @Test
    void asksForOneModel() {
        assertThat(client.models().retrieve("org/sdk:v1").validate().id()).isEqualTo("org/sdk:v1");
        NotFoundException error = catchThrowableOfType(
                NotFoundException.class, () -> client.models().retrieve("no-such-model"));
        assertThat(error.code()).contains("model_not_found");
    }

    @Test
    void knowsOurErrorsByItsOwnClasses() {
        expect(UnauthorizedException.class, "invalid_credentials", ask("hello"), "wrong key");
        expect(NotFoundException.class, "model_not_found", ask("no-such-model", "hello"), "");
        expect(
                BadRequestException.class,
                "invalid_messages",
                ChatCompletionCreateParams.builder().model("sdk").messages(List.of()),
                "");
        expect(RateLimitException.class, "upstream_rate_limited", ask("sdk-limited", "hello"), "");
    }

    private void expect(
            Class<? extends OpenAIServiceException> errorClass,
            String code,
            ChatCompletionCreateParams.Builder params,
            String wrongKey) {
        OpenAIClient caller = wrongKey.isEmpty()
                ? client
                : client.withOptions(options -> options.apiKey(sdk.callerKey().replaceFirst(".{4}$", "AAAA")));
        OpenAIServiceException error = catchThrowableOfType(
                errorClass, () -> caller.chat().completions().create(params.build()));

        assertThat(error).as("a %s", errorClass.getSimpleName()).isNotNull();
        assertThat(error.code()).contains(code);
        assertThat(error.headers().values("x-request-id")).hasSize(1);
    }

    @Test
    void triesTwiceMoreWhenTheProviderFails() {
        int before = countOf("sdk-broken");
        assertThatThrownBy(() -> patient.chat()
                        .completions()
                        .create(ask("sdk-broken", "hello").build()))
                .isInstanceOf(InternalServerException.class);
        assertThat(countOf("sdk-broken") - before).isEqualTo(3);
    }

    private int countOf(String model) {
        return (int) sdk.provider().received().stream()
                .filter(request -> request.model().equals(model))
                .count();
    }

    @Test
    void isToldWhenTryingAgainIsOfNoUse() {
        InternalServerException error = catchThrowableOfType(
                InternalServerException.class,
                () -> patient.chat()
                        .completions()
                        .create(ask("sdk-dead-key", "hello").build()));
        assertThat(error.code()).contains("no_usable_key");
        assertThat(error.headers().values("x-should-retry")).containsExactly("false");
    }

    @Test
    void throwsForAnErrorInTheStream() {
        assertThatThrownBy(() -> stream(ask("sdk-in-band", "hello").build())).isInstanceOf(SseException.class);
    }

    @Test
    void tellsConnectionErrorsFromAnswers() {
        OpenAIClient nobody = client("http://127.0.0.1:1/v1", 0);
        assertThatThrownBy(() -> nobody.models().list()).isInstanceOf(OpenAIIoException.class);
        OpenAIClient hasty = client.withOptions(options -> options.timeout(Duration.ofMillis(300)));
        assertThatThrownBy(() -> hasty.chat()
                        .completions()
                        .create(ask("first_ms=1500 tokens=1").build()))
                .isInstanceOf(OpenAIIoException.class);
    }
}
