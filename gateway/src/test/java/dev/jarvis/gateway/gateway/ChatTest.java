package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** A chat request's good ways through the gateway. */
class ChatTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void start() {
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    @Test
    void answersWithTheProvidersBytesAndRecordsItsUsage() {
        HttpResponse<String> answer = gateway.chat(ask("alpha", false, "tokens=7"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        LedgerEntry served = provider.awaitLedger(1).getFirst();
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(entry.settlement().reported().orElseThrow().output()).isEqualTo(served.outputTokens());
        assertThat(entry.opening().attemptId()).hasToString(served.requestId());
        assertThat(provider.lastReceived().model()).isEqualTo("upstream-alpha");
        assertThat(provider.lastReceived().key()).isEqualTo("sk-provider-one");
    }

    @Test
    void t17_streamsAndStripsUsageThatTheClientDidNotAskFor() {
        HttpResponse<String> answer = gateway.chat(ask("alpha", true, "tokens=20"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("usage");
        assertThat(provider.lastReceived().asksForUsage()).isTrue();
        LedgerEntry served = provider.awaitLedger(1).getFirst();
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(entry.settlement().reported().orElseThrow().output()).isEqualTo(served.outputTokens());
        assertThat(entry.settlement().reported().orElseThrow().input()).isEqualTo(served.inputTokens());
    }
}
