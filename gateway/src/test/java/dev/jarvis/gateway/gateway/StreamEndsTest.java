package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Slicing;
import dev.jarvis.testkit.provider.Step;
import dev.jarvis.testkit.provider.UsagePlacement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** The ways a stream can end: outcome, what the client sees, what is recorded. */
class StreamEndsTest {
    private static final String CONTENT =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"},\"finish_reason\":null}]}\n\n";
    private static final String FINISH =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String ROLE =
            "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"finish_reason\":null}]}\n\n";
    private static final String USAGE =
            "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void start() {
        Patience patience = new Patience(
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofMillis(1500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10));
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                .start(patience, HangUpPolicy.DRAIN);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    private HttpResponse<String> stream() {
        return gateway.chat(ask("alpha", true, "x"));
    }

    private void assertOutcome(Outcome outcome) {
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(outcome);
    }

    private static void assertBroken(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("hello", "\"" + code + "\"").doesNotContain("[DONE]");
        assertThat(answer.body().lines().filter(line -> line.contains("\"error\"")))
                .as("one error, in an event of its own")
                .hasSize(1)
                .allMatch(line -> line.startsWith("data: {"));
    }

    @Test
    void t14_aStreamIsRelayedInItsOwnBytes() {
        provider.script(Scripts.stream(ROLE + ": note\n\n" + CONTENT + FINISH + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(ROLE + ": note\n\n" + CONTENT + FINISH + DONE);
        assertOutcome(Outcome.COMPLETED);
    }

    /** What is sent, and what the client gets of it where that is not the same. */
    private record Odd(String what, String sent, String relayed) {
        Odd(String what, String sent) {
            this(what, sent, sent);
        }
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }

    private static final List<Odd> ODD = List.of(
            new Odd("CRLF", crlf(ROLE + CONTENT + FINISH + DONE)),
            new Odd("CR", (ROLE + CONTENT + FINISH + DONE).replace("\n", "\r")),
            new Odd("CRLF and usage", crlf(CONTENT + FINISH + USAGE + DONE), crlf(CONTENT + FINISH + DONE)),
            new Odd("no space after the colon", (CONTENT + FINISH + DONE).replace("data: ", "data:")),
            new Odd("keep-alive comments", ": OPENROUTER PROCESSING\n\n" + CONTENT + ":\n\n" + FINISH + DONE),
            new Odd("named events with ids", "id: 1\nevent: message\nretry: 10\n" + CONTENT + FINISH + DONE),
            new Odd("characters of several bytes", CONTENT.replace("hello", "你好 🙂\u2028") + FINISH + DONE),
            new Odd("choices: null", CONTENT + FINISH + USAGE.replace("[]", "null") + DONE, CONTENT + FINISH + DONE),
            new Odd(
                    "no choices",
                    CONTENT + FINISH + USAGE.replace("\"choices\":[],", "") + DONE,
                    CONTENT + FINISH + DONE),
            new Odd(
                    "usage of nothing in each chunk",
                    CONTENT.replace("}]}", "}],\"usage\":{}}") + FINISH + USAGE + DONE,
                    CONTENT + FINISH + DONE),
            new Odd("error: null", (CONTENT + FINISH).replace("\"id\"", "\"error\":null,\"id\"") + DONE),
            new Odd("error of nothing", (CONTENT + FINISH).replace("\"id\"", "\"error\":\"\",\"id\"") + DONE),
            new Odd("no [DONE]", CONTENT + FINISH, CONTENT + FINISH + DONE),
            new Odd("no JSON among it", CONTENT + "data: processing\n\n" + FINISH + DONE));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void t1_t9_oddStreamsAreRelayedInTheirOwnBytes(boolean byteByByte) {
        for (Odd odd : ODD) {
            provider.script(Scripts.stream(
                    odd.sent().getBytes(StandardCharsets.UTF_8), byteByByte ? Slicing.every(1) : Slicing.whole()));

            assertThat(stream().body()).as(odd.what()).isEqualTo(odd.relayed());
        }
        assertThat(gateway.meter.awaitSettled(ODD.size()))
                .allMatch(entry -> entry.settlement().outcome() == Outcome.COMPLETED)
                .allMatch(entry -> entry.settlement().delivered().events() == 1);
    }

    @Test
    void t2_aLineFeedThatComesAfterItsCarriageReturnIsRelayedAtOnce() throws Exception {
        Gate carriageReturn = new Gate();
        Gate lineFeed = new Gate();
        String event = crlf(CONTENT);
        int cut = event.length() - 1;
        provider.script(Script.of(
                Scripts.streamHead(),
                Step.Body.of(event.substring(0, cut)),
                new Step.Pause(carriageReturn),
                Step.Body.of(event.substring(cut)),
                new Step.Pause(lineFeed),
                Step.Body.of(crlf(FINISH + USAGE + DONE)),
                new Step.End()));
        try (InputStream answer = gateway.chatStream(ask("alpha", true, "x"))) {
            assertThat(answer.readNBytes(cut)).asString(StandardCharsets.UTF_8).isEqualTo(event.substring(0, cut));
            carriageReturn.open();
            assertThat(answer.read()).isEqualTo('\n');
            lineFeed.open();
            assertThat(answer.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(crlf(FINISH + DONE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "text/event-stream;charset=UTF-8",
                "Text/Event-Stream; charset=utf-8",
                "text/plain; charset=utf-8",
                "application/json"
            })
    void aStreamIsOneWhateverItIsCalled(String type) {
        provider.script(Script.of(
                new Step.Head(200, Map.of("content-type", type), Step.Framing.CHUNKED, false),
                Step.Body.of("\n" + CONTENT),
                Step.Body.of(FINISH + USAGE + DONE),
                new Step.End()));

        HttpResponse<String> answer = stream();

        assertThat(answer.body()).isEqualTo("\n" + CONTENT + FINISH + DONE);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertOutcome(Outcome.COMPLETED);
    }

    @Test
    void t14_u5_aFinishedStreamWithoutDoneGetsOne() {
        provider.script(Scripts.stream(CONTENT + FINISH + USAGE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertOutcome(Outcome.COMPLETED);
        assertThat(gateway.meter.only().settlement().reported().orElseThrow().output())
                .isEqualTo(2);
    }

    @Test
    void t14_u6_doneWithoutFinishReasonIsComplete() {
        provider.script(Scripts.stream(CONTENT + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + DONE);
        assertOutcome(Outcome.COMPLETED);
    }

    @Test
    void t14_aStreamThatStopsAfterContentIsTruncatedAndHasNoDone() {
        provider.script(Scripts.stream(CONTENT));

        assertBroken(stream(), "upstream_truncated");
        assertOutcome(Outcome.TRUNCATED);
        assertThat(gateway.meter.only().settlement().delivered().contentBytes()).isPositive();
    }

    @Test
    void t14_u4_aResetInTheMiddleOfAnEventSendsNoHalfEvent() {
        provider.script(Script.of(
                Scripts.streamHead(),
                Step.Body.of(CONTENT + "data: {\"choices\":[{\"delta\":{\"content\":\"half"),
                new Step.Reset()));

        HttpResponse<String> answer = stream();

        assertBroken(answer, "upstream_truncated");
        assertThat(answer.body()).doesNotContain("half");
        assertOutcome(Outcome.TRUNCATED);
    }

    @Test
    void t14_aLastEventWithoutItsBlankLineCounts() {
        provider.script(Scripts.stream(CONTENT + FINISH + USAGE + "data: [DONE]\n"));

        assertThat(stream().body()).contains("hello", "[DONE]");
        assertOutcome(Outcome.COMPLETED);
    }

    @Test
    void t14_u2_aStreamThatEndsBeforeAnyEventIsTriedAgain() {
        provider.scriptNext(Scripts.stream(""), Scripts.stream(CONTENT + FINISH + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertThat(gateway.meter.awaitSettled(2).getFirst().settlement().outcome())
                .isEqualTo(Outcome.TRUNCATED);
    }

    @Test
    void t14_u1_anEmptyJsonAnswerIs502() {
        provider.script(Scripts.answer(200, "application/json", ""));

        HttpResponse<String> answer = gateway.chat(ask("alpha", false, "x"));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_truncated");
        assertOutcome(Outcome.TRUNCATED);
    }

    @Test
    void t14_u8_usageAfterDoneIsCountedAndNotForwarded() {
        provider.script(Scripts.stream(CONTENT + FINISH + DONE + USAGE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertThat(gateway.meter.only().settlement().reported().orElseThrow().output())
                .isEqualTo(2);
    }

    @Test
    void t13_anErrorBeforeContentIsTriedAgain() {
        provider.scriptNext(
                Scripts.stream(ROLE + "data: {\"error\":{\"message\":\"oops\",\"type\":\"server_error\"}}\n\n"),
                Scripts.stream(CONTENT + FINISH + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
    }

    @Test
    void t13_theCallersFaultBeforeContentHasItsStatus() {
        provider.script(Scripts.stream(
                ROLE + "data: {\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":\"x\"}}\n\n"));

        HttpResponse<String> answer = stream();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"no\"");
    }

    @Test
    void t13_anErrorAfterContentEndsTheStreamWithoutDone() {
        provider.script(Scripts.stream(
                CONTENT + "data: {\"error\":{\"message\":\"secret org-1\",\"type\":\"server_error\"}}\n\n" + DONE));

        HttpResponse<String> answer = stream();

        assertBroken(answer, "upstream_error");
        assertThat(answer.body()).doesNotContain("org-1");
        assertOutcome(Outcome.FAILED);
    }

    @Test
    void t15_withoutUsageTheAttemptIsSettledWithWhatWasDelivered() {
        provider.script(Script.chat().tokens(5).usage(UsagePlacement.NEVER));

        assertThat(stream().body()).endsWith(DONE);
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().reported()).isEmpty();
        assertThat(entry.settlement().delivered().contentBytes()).isPositive();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(counted("jarvis_gateway_usage_missing_total")).contains("reason=\"absent\"} 1.0");
    }

    @Test
    void u10_usageThatCannotBeTrueIsNotBelievedAndCounted() {
        provider.script(Scripts.stream(
                CONTENT + FINISH + USAGE.replace("\"completion_tokens\":2", "\"completion_tokens\":-2") + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertThat(gateway.meter.only().settlement().reported()).isEmpty();
        assertThat(counted("jarvis_gateway_usage_missing_total")).contains("reason=\"implausible\"} 1.0");
    }

    @Test
    void u17_whatIsNoJsonIsRelayedAndCounted() {
        provider.script(Scripts.stream(CONTENT + "data: {\"half\n\n" + FINISH + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + "data: {\"half\n\n" + FINISH + DONE);
        assertOutcome(Outcome.COMPLETED);
        assertThat(counted("jarvis_gateway_events_malformed_total")).endsWith(" 1.0");
        assertThat(counted("jarvis_gateway_usage_missing_total")).isEmpty();
    }

    private String counted(String metric) {
        return gateway.telemetry
                .scrape()
                .lines()
                .filter(line -> line.startsWith(metric))
                .collect(Collectors.joining());
    }

    @Test
    void t7_noHeadersInTime() {
        provider.script(Script.of(new Step.Stall()));

        HttpResponse<String> answer = stream();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("upstream_first_byte_timeout");
        assertOutcome(Outcome.FAILED);
    }

    @Test
    void t7_aStallAfterTheHeadersIsTriedAgain() {
        provider.scriptNext(
                Script.of(Scripts.streamHead(), new Step.Stall()), Scripts.stream(CONTENT + FINISH + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertThat(gateway.meter.awaitSettled(2).getFirst().settlement().errorCode())
                .hasValue("upstream_idle_timeout");
    }

    @Test
    void t7_aStallAfterLifecycleFramesIsTriedAgain() {
        provider.scriptNext(
                Script.of(Scripts.streamHead(), Step.Body.of(ROLE), new Step.Stall()),
                Scripts.stream(CONTENT + FINISH + USAGE + DONE));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertThat(gateway.meter.awaitSettled(2).getFirst().settlement().errorCode())
                .hasValue("upstream_idle_timeout");
    }

    @Test
    void t7_aStallInTheMiddleOfContent() {
        provider.script(Script.of(Scripts.streamHead(), Step.Body.of(CONTENT), new Step.Stall()));

        assertBroken(stream(), "upstream_idle_timeout");
        assertOutcome(Outcome.FAILED);
    }

    @Test
    void t7_u38_commentsAreNoProgress() {
        provider.script(Script.of(
                Scripts.streamHead(),
                Step.Body.of(CONTENT),
                new Step.Trickle(
                        ": still here\n\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        Duration.ofMillis(20))));

        assertBroken(stream(), "upstream_idle_timeout");
    }

    @Test
    void t7_aStallAfterFinishReasonIsComplete() {
        provider.script(Script.of(Scripts.streamHead(), Step.Body.of(CONTENT + FINISH), new Step.Stall()));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertOutcome(Outcome.COMPLETED);
    }

    @Test
    void t7_aStallBetweenUsageAndDoneIsComplete() {
        provider.script(Script.of(Scripts.streamHead(), Step.Body.of(CONTENT + FINISH + USAGE), new Step.Stall()));

        assertThat(stream().body()).isEqualTo(CONTENT + FINISH + DONE);
        assertThat(gateway.meter.only().settlement().reported()).isPresent();
    }

    @Test
    void aWholeAnswerIsReleasedOnlyWhenTheAttemptIsSettled() throws Exception {
        gateway.meter.holdSettlements();
        try (var socket = gateway.rawChat(ask("alpha", false, "tokens=2"))) {
            gateway.meter.awaitSettled(1);
            gateway.vertx.timer(200).toCompletionStage().toCompletableFuture().join();
            assertThat(socket.getInputStream().available()).isZero();
            gateway.meter.releaseSettlements();
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().contains("\"finish_reason\"")) {
                seen.append(RunningGateway.next(socket));
            }
            assertThat(seen.toString()).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void theEndIsReleasedOnlyWhenTheAttemptIsSettled() throws Exception {
        provider.script(Scripts.stream(CONTENT + FINISH + USAGE + DONE));
        gateway.meter.holdSettlements();
        try (var socket = gateway.rawChat(ask("alpha", true, "x"))) {
            gateway.meter.awaitSettled(1);
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().contains("\"stop\"")) {
                seen.append(RunningGateway.next(socket));
            }
            gateway.vertx.timer(200).toCompletionStage().toCompletableFuture().join();
            assertThat(socket.getInputStream().available())
                    .as("bytes after the finish chunk")
                    .isLessThan(20);
            gateway.meter.releaseSettlements();
            while (!seen.toString().endsWith("\r\n0\r\n\r\n")) {
                seen.append(RunningGateway.next(socket));
            }
            assertThat(seen.toString()).contains("[DONE]");
        }
    }
}
