package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** What providers refuse, and which key answers then. Row numbers are those of bad-inputs.md §6.7. */
class FailoverTest {
    private static final String ONE = "sk-provider-number-one";
    private static final String TWO = "sk-provider-number-two";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void start() {
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key(ONE), key(TWO))
                .model("turns", provider.baseUrl(), KeyMode.ROUND_ROBIN, key(ONE, 3), key(TWO, 1))
                .model("lone", provider.baseUrl(), KeyMode.SINGLE, key(ONE))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    private HttpResponse<String> ask200(String model) {
        HttpResponse<String> answer = gateway.chat(ask(model, false, "tokens=2"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void aRefusedKeyIsSetAsideAndTheNextAnswersTheSameRequest() {
        provider.whenKey(ONE, Scripts.invalidKey());

        ask200("alpha");
        ask200("alpha");

        assertThat(provider.received().stream().map(ReceivedRequest::key)).containsExactly(ONE, TWO, TWO);
        assertThat(gateway.restingState(ONE)).isEqualTo(KeyState.REFUSED);
        List<RecordedMeter.Entry> records = gateway.meter.awaitSettled(3);
        assertThat(records.get(0).settlement().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(records.get(0).settlement().lastOfRequest()).isFalse();
        assertThat(records.get(1).settlement().lastOfRequest()).isTrue();
        assertThat(records.get(1).opening().attemptNumber()).isEqualTo(2);
        assertThat(records.get(0).opening().requestId())
                .isEqualTo(records.get(1).opening().requestId());
    }

    @Test
    void aKeyOutOfQuotaIsExhaustedAndTheNextAnswersAStream() {
        provider.whenKey(ONE, Scripts.insufficientQuota());

        HttpResponse<String> answer = gateway.chat(ask("alpha", true, "tokens=3"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        assertThat(gateway.restingState(ONE)).isEqualTo(KeyState.EXHAUSTED);
    }

    @Test
    void allKeysOverTheirRateAnswer429WithTheEarliestRetryAfter() {
        provider.whenKey(ONE, Scripts.rateLimited(40));
        provider.whenKey(TWO, Scripts.rateLimited(20));

        HttpResponse<String> answer = gateway.chat(ask("alpha", false, "x"));

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("upstream_rate_limited");
        assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 20);
        assertThat(gateway.chat(ask("alpha", false, "x")).statusCode()).isEqualTo(429);
        assertThat(provider.received()).as("resting keys are not asked").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403})
    void whatTheProviderSaysOfOurKeyIsNeverShownAsTheClients(int status) {
        provider.script(Scripts.error(status, "x", "invalid_api_key", "Your key is bad", Map.of()));

        HttpResponse<String> answer = gateway.chat(ask("lone", false, "x"));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("no_usable_key").doesNotContain("Your key is bad");
    }

    @Test
    void roundRobinFollowsTheWeightsOverAllLoops() {
        for (int i = 0; i < 8; i++) {
            ask200("turns");
        }

        Map<String, Long> calls = provider.received().stream()
                .collect(Collectors.groupingBy(ReceivedRequest::key, Collectors.counting()));
        assertThat(calls).containsEntry(ONE, 6L).containsEntry(TWO, 2L);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void theCallersFaultIsForwardedUnchanged(int status) {
        String body = "{\"error\":{\"message\":\"too  long\",\"type\":\"invalid_request_error\"}}";
        provider.script(Scripts.answer(
                status, Map.of("content-type", "application/json", "x-request-id", "up-1", "set-cookie", "a=b"), body));

        HttpResponse<String> answer = gateway.chat(ask("alpha", true, "x"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("x-upstream-request-id")).hasValue("up-1");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void s19_aKeyThatTheProviderEchoesIsRedacted() {
        provider.script(request -> Scripts.error(
                        400,
                        "invalid_request_error",
                        "x",
                        "You sent " + request.key() + "!",
                        Map.of("x-request-id", request.key()))
                .steps(request));

        HttpResponse<String> answer = gateway.chat(ask("alpha", false, "x"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("You sent ***!").doesNotContain(ONE);
        assertThat(answer.headers().map().toString()).doesNotContain(ONE);
    }

    @Test
    void u25_onlyHarmlessHeadersOfTheProviderGoOn() {
        Function<ReceivedRequest, Script> answer = request -> Scripts.answer(
                200,
                Map.of(
                        "content-type", "application/json",
                        "set-cookie", "a=b",
                        "server", "them",
                        "x-ratelimit-remaining-requests", "7",
                        "openai-organization", "org",
                        "openai-processing-ms", "12",
                        "location", "http://elsewhere"),
                """
                {"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"a"}}],
                 "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");
        provider.script(request -> answer.apply(request).steps(request));

        HttpResponse<String> seen = ask200("alpha");

        assertThat(seen.headers().map())
                .doesNotContainKeys(
                        "set-cookie", "server", "x-ratelimit-remaining-requests", "openai-organization", "location");
        assertThat(seen.headers().firstValue("openai-processing-ms")).hasValue("12");
    }

    @Test
    void u26_aRedirectIsNotFollowed() {
        provider.script(Scripts.redirect(302, "http://127.0.0.1:9/"));

        assertRefused(502, "upstream_redirect_blocked");
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void u28_anHtml403BlamesTheNetworkAndNotTheKey() {
        provider.script(Scripts.answer(403, "text/html", "<html>blocked</html>"));

        assertRefused(502, "upstream_blocked");
        assertThat(gateway.resting).isEmpty();
    }

    @Test
    void u30_aRateLimitInPlainTextRestsTheKey() {
        provider.whenKey(ONE, Scripts.answer(429, "text/plain", "slow down"));

        ask200("alpha");

        assertThat(gateway.restingState(ONE)).isEqualTo(KeyState.COOLING);
    }

    @Test
    void u32_a500IsNotForwardedAndNotTriedAgain() {
        provider.script(Scripts.answer(500, "text/plain", "java.lang.Oops at secret.host"));

        HttpResponse<String> answer = assertRefused(502, "upstream_error");

        assertThat(answer.body()).doesNotContain("Oops");
        assertThat(provider.received()).hasSize(1);
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void u33_a529IsOverload() {
        provider.script(Scripts.answer(529, "application/json", "{}"));

        assertRefused(503, "upstream_overloaded");
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void a503WithRetryAfterIsAnsweredByAnotherKey() {
        provider.whenKey(ONE, Scripts.answer(503, Map.of("retry-after", "9", "content-type", "text/plain"), "later"));

        ask200("alpha");
    }

    @Test
    void aProviderThatCannotBeReachedIsTriedThreeTimesAndNothingIsBilled() throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        gateway.model("away", URI.create("http://127.0.0.1:" + closedPort + "/v1"), KeyMode.SINGLE, key(ONE));
        gateway.gateway().reload();
        dev.jarvis.testkit.Await.until(
                "the model is known",
                () -> gateway.chat(ask("away", false, "x")).statusCode() == 502);

        assertThat(gateway.meter.awaitSettled(3))
                .allMatch(entry -> entry.settlement().outcome() == Outcome.NOT_SENT);
        assertThat(gateway.meter.settled().getLast().settlement().lastOfRequest())
                .isTrue();
    }

    @Test
    void aRequestThatWasSentAndNotAnsweredIsNotTriedAgain() {
        provider.script(Script.of(new Step.Reset()));

        assertRefused(502, "upstream_reset");
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void e12_anAddressThatIsNotAllowedIsNeverConnectedTo() {
        gateway.model("inside", URI.create("https://10.0.0.1/v1"), KeyMode.SINGLE, key(ONE));
        gateway.gateway().reload();
        dev.jarvis.testkit.Await.until(
                "the model is known",
                () -> gateway.chat(ask("inside", false, "x")).body().contains("upstream_forbidden_target"));

        assertThat(gateway.meter.settled().getLast().settlement().outcome()).isEqualTo(Outcome.NOT_SENT);
    }

    @Test
    void aFullJournalStopsAdmissionBeforeAnythingIsSent() {
        gateway.meter.admitting = false;

        assertRefused(503, "journal_unavailable");
        assertThat(provider.received()).isEmpty();
    }

    @Test
    void t29_jsonWhereAStreamWasAskedForIsAProtocolError() {
        provider.script(Scripts.answer(
                200,
                "application/json",
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}}]}"));

        HttpResponse<String> answer = gateway.chat(ask("alpha", true, "x"));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_protocol_error");
    }

    @Test
    void aStreamWhereNoneWasAskedForIsAProtocolErrorThatSaysSo() {
        provider.script(
                Scripts.stream(
                        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));

        assertThat(assertRefused(502, "upstream_protocol_error").body()).contains("it streamed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain; charset=utf-8", "application/problem+json", "Application/JSON"})
    void aWholeAnswerIsJsonWhateverItIsCalled(String type) {
        String body =
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"a\"}}]}";
        provider.script(Scripts.answer(200, type, body));

        HttpResponse<String> answer = ask200("alpha");

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png"})
    void t29_anAnswerOfAnotherTypeIsAProtocolError(String type) {
        provider.script(Scripts.answer(200, type, "<html>"));

        assertRefused(502, "upstream_protocol_error");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204, 206})
    void t29_anotherSuccessThan200IsAProtocolError(int status) {
        provider.script(Scripts.answer(status, "application/json", status == 204 ? "" : "{}"));

        assertRefused(502, "upstream_protocol_error");
        assertThat(provider.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "{\"choices\":", "data: {}\n\n", "not JSON"})
    void u17_anAnswerThatIsNoJsonObjectIsAProtocolError(String body) {
        provider.script(Scripts.answer(200, "application/json; charset=utf-8", body));

        assertRefused(502, "upstream_protocol_error");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void u34_informationalAnswersBeforeTheRealOneAreSkipped(boolean stream) {
        provider.script(Script.chat()
                .tokens(2)
                .after(
                        Scripts.informational(103, "link: </x>; rel=preload\r\n"),
                        Scripts.informational(100, ""),
                        Scripts.informational(102, ""),
                        Scripts.informational(199, "content-type: text/html\r\ncontent-length: 5\r\n")));

        for (int i = 0; i < 6; i++) { // over connections that are used again
            HttpResponse<String> answer = gateway.chat(ask("alpha", stream, "x"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"finish_reason\":\"stop\"");
        }
        assertThat(provider.connectionsAccepted()).isLessThan(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {103, 102})
    void t29_u34_aFloodOfInformationalAnswersIsAProtocolError(int status) {
        Step[] flood = new Step[1_000];
        Arrays.fill(flood, Scripts.informational(status, ""));
        provider.script(Script.chat().tokens(2).after(flood));

        assertRefused(502, "upstream_protocol_error");
        assertThat(provider.received()).hasSize(1);
        provider.awaitLedger(1);
    }

    @Test
    void aSwitchToAnotherProtocolIsAProtocolError() {
        provider.script(Script.chat()
                .tokens(2)
                .after(Scripts.informational(101, "connection: upgrade\r\nupgrade: websocket\r\n")));

        assertRefused(502, "upstream_protocol_error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 abc\r\n\r\n",
                "<html>",
                "HTTP/3.7 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: -7\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}"
            })
    void u22_anAnswerThatIsNotHttpIsAProtocolError(String raw) {
        provider.script(Script.of(Step.Raw.of(raw + "\r\n\r\n"), new Step.Stall()));

        assertRefused(502, "upstream_protocol_error");
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void t13_aWholeAnswerThatIsAnErrorHasItsStatus() {
        provider.script(Scripts.answer(
                200, "application/json", Scripts.errorBody("invalid_request_error", "bad", "The prompt is odd.")));
        HttpResponse<String> caller = assertRefused(400, "bad");
        provider.script(
                Scripts.answer(200, "application/json", Scripts.errorBody("server_error", "boom", "It broke.")));
        assertRefused(502, "upstream_error");

        assertThat(caller.body()).contains("The prompt is odd.");
    }

    private HttpResponse<String> assertRefused(int status, String code) {
        HttpResponse<String> answer = gateway.chat(ask("alpha", false, "x"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"" + code + "\"");
        return answer;
    }
}
