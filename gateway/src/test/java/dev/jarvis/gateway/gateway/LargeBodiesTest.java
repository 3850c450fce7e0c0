package dev.jarvis.gateway.gateway;

import com.sun.management.ThreadMXBean;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.dialect.sse.EventStreamReader;
import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests and events of many mebibytes on their way through (T20), which may take three times their size of the heap. What
 * is counted is all that the event loops allocate, once more than that for the pieces as they come from the network and are
 * dropped: unlike the heap's size it does not depend on when the collector ran.
 */
class LargeBodiesTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private static final int MOST_TIMES_ITS_SIZE = 3 + 1;

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void start() {
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                .start(new GatewaySettings(
                        RunningGateway.CALM, HangUpPolicy.DRAIN, 100, 32 * MEBIBYTE, 64 * 1024, Optional.empty()));
        gateway.chat(ask("alpha", true, "tokens=1")); // what is allocated once is not counted
        gateway.chat(ask("alpha", false, "tokens=1"));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({"4,true", "16,true", "31,true", "31,false"})
    void t20_aLargeRequestArrivesIntactInThreeTimesItsMemory(int mebibytes, boolean withLength) {
        provider.script(Scripts.answer(200, "application/json", """
                {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":
                "assistant","content":"Seen."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,
                "total_tokens":2}}"""));
        byte[] body = ask("alpha", false, text(mebibytes)).getBytes(StandardCharsets.UTF_8);
        long before = allocatedByEventLoops();

        HttpResponse<String> answer = gateway.send(gateway.to("/v1/chat/completions")
                .POST(
                        withLength
                                ? HttpRequest.BodyPublishers.ofByteArray(body)
                                : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        long allocated = allocatedByEventLoops() - before;
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(provider.lastReceived().bodyText())
                .isEqualTo(new String(body, StandardCharsets.UTF_8).replace("\"alpha\"", "\"upstream-alpha\""));
        assertThat(allocated).isLessThan((long) MOST_TIMES_ITS_SIZE * body.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 31})
    void t20_aHugeEventReachesTheClientIntactInThreeTimesItsMemory(int mebibytes) {
        String event =
                "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                        + "[{\"index\":0,\"delta\":{\"content\":\"" + text(mebibytes)
                        + "\"},\"finish_reason\":\"stop\"}]}\n\n";
        provider.script(Scripts.stream(event + "data: [DONE]\n\n"));
        long before = allocatedByEventLoops();

        HttpResponse<String> answer = gateway.chat(ask("alpha", true, "x"));

        long allocated = allocatedByEventLoops() - before;
        assertThat(answer.body()).isEqualTo(event + "data: [DONE]\n\n");
        assertThat(allocated).isLessThan((long) MOST_TIMES_ITS_SIZE * event.length());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void t21_anEndlessLineIsCutAtTheCapAndNotAskedForAgain(boolean afterContent) {
        Step content = Step.Body.of(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"},\"finish_reason\":null}]}\n\n");
        Step line = new Step.EndlessLine(64L * MEBIBYTE);
        provider.script(
                afterContent
                        ? Script.of(Scripts.streamHead(), content, line, new Step.End())
                        : Script.of(Scripts.streamHead(), line, new Step.End()));
        int asked = provider.received().size();
        long before = allocatedByEventLoops();

        HttpResponse<String> answer = gateway.chat(ask("alpha", true, "x"));

        long allocated = allocatedByEventLoops() - before;
        assertThat(answer.statusCode()).isEqualTo(afterContent ? 200 : 502);
        assertThat(answer.body()).contains("upstream_protocol_error").doesNotContain("xxxx", "[DONE]");
        assertThat(answer.body().startsWith("data: {\"choices\"")).isEqualTo(afterContent);
        assertThat(provider.received()).hasSize(asked + 1);
        assertThat(allocated).isLessThan((long) MOST_TIMES_ITS_SIZE * EventStreamReader.DEFAULT_EVENT_CAP);
    }

    /** Letters that do not repeat, with characters of two and three bytes among them. */
    private static String text(int mebibytes) {
        Random random = new Random(mebibytes);
        byte[] letters = new byte[mebibytes * MEBIBYTE];
        random.nextBytes(letters);
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) ('a' + (letters[i] & 15));
        }
        for (int i = 0; i + 3 <= letters.length; i += 4099) {
            System.arraycopy("好".getBytes(StandardCharsets.UTF_8), 0, letters, i, 3);
        }
        return new String(letters, StandardCharsets.UTF_8);
    }

    private static long allocatedByEventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop-thread"))
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }
}
