package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Slicing;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients that leave, half leave, or stand still. */
class HangUpTest {
    private static final byte[] EVENT = ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + "x".repeat(20_000) + "\"}}]}\n\n")
            .getBytes(StandardCharsets.UTF_8);
    private static final int EVENTS = 2_000;

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    private void start(HangUpPolicy policy) {
        start(policy, RunningGateway.CALM);
    }

    private void start(HangUpPolicy policy, Patience patience) {
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, key("sk-provider-one"))
                .start(patience, policy);
    }

    private static void reset(Socket socket) throws Exception {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** How much of an answer a client reads before it resets its connection. */
    private enum Left {
        WITH_NOTHING,
        WITH_ONE_BYTE,
        WITH_THE_HEADERS,
        WITH_ONE_EVENT,
        IN_THE_MIDDLE_OF_AN_EVENT,
        BEFORE_THE_LAST_EVENT;

        /** Reads so much of an answer of which all but its end has been sent. */
        private void read(Socket socket, int tokens) throws Exception {
            InputStream in = socket.getInputStream();
            switch (this) {
                case WITH_NOTHING -> {}
                case WITH_ONE_BYTE -> assertThat(in.read()).isEqualTo('H');
                case WITH_THE_HEADERS -> readTo(in, "\r\n\r\n", 1);
                case WITH_ONE_EVENT -> readTo(in, "\n\n", 1);
                case IN_THE_MIDDLE_OF_AN_EVENT -> readTo(in, "\"delta\":", 2);
                case BEFORE_THE_LAST_EVENT -> readTo(in, "\"content\":\" t", tokens);
            }
        }

        private static void readTo(InputStream in, String text, int times) throws Exception {
            StringBuilder seen = new StringBuilder();
            while (seen.toString().split(Pattern.quote(text), -1).length <= times) {
                seen.append(RunningGateway.next(in));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void c9_withDrainTheUsageIsExactWhereverTheClientLeft(Left left) throws Exception {
        start(HangUpPolicy.DRAIN);
        Gate gone = new Gate();
        provider.script(request -> {
            List<Step> steps = new ArrayList<>(Script.chat().tokens(30).steps(request));
            steps.add(beforeTheEnd(steps), new Step.Pause(gone));
            return steps;
        });
        Socket socket = gateway.rawChat(ask("alpha", true, "x"));
        gone.awaitReached();
        left.read(socket, 30);
        reset(socket);
        Await.until("the gateway drains", () -> gateway.telemetry.scrape().contains("jarvis_gateway_drains_active 1"));
        gone.open();

        LedgerEntry served = provider.awaitLedger(1).getFirst();
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(entry.settlement().reported().orElseThrow().output()).isEqualTo(served.outputTokens());
        assertThat(entry.settlement().reported().orElseThrow().input()).isEqualTo(served.inputTokens());
        Await.until("the place is free", () -> gateway.telemetry.scrape().contains("jarvis_gateway_drains_active 0"));
    }

    /** Behind the last piece of text, before finish reason, usage and {@code [DONE]}. */
    private static int beforeTheEnd(List<Step> steps) {
        int last = 0;
        for (int i = 0; i < steps.size(); i++) {
            last = steps.get(i) instanceof Step.Generate ? i + 1 : last;
        }
        return last + 1;
    }

    /** Beside a whole build about one case in ten does not see the end: not understood yet, so not in every build. */
    @Tag("chaos")
    @ParameterizedTest
    @EnumSource
    void t5_c9_withCancelTheProviderSeesTheEndAndNoDeliveredTokenIsMissing(Left left) throws Exception {
        start(HangUpPolicy.CANCEL);
        Gate gone = new Gate();
        provider.script(Scripts.tokensThen(30, new Step.Pause(gone)));
        Socket socket = gateway.rawChat(ask("alpha", true, "x"));
        gone.awaitReached();
        left.read(socket, 30);
        reset(socket);

        LedgerEntry served = provider.awaitLedger(1).getFirst(); // the provider still waits: the end is the gateway's
        assertThat(served.closing()).isIn(LedgerEntry.Closing.PEER_CLOSED, LedgerEntry.Closing.PEER_RESET);
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(entry.settlement().reported()).isEmpty();
        assertThat(entry.settlement().delivered().events())
                .isBetween(left == Left.BEFORE_THE_LAST_EVENT ? 30L : 0L, served.tokensWritten());
    }

    @Test
    void t5_aSilentProviderIsCancelledToo() throws Exception {
        start(HangUpPolicy.CANCEL);
        provider.script(Script.of(new Step.Stall()));
        Socket socket = gateway.rawChat(ask("alpha", true, "x"));
        provider.awaitReceived(1);
        reset(socket);

        provider.awaitLedger(1);
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    }

    @Test
    void c12_aClientThatDoesNotWaitForItsJsonIsRecordedExactly() throws Exception {
        start(HangUpPolicy.DRAIN);
        Gate left = new Gate();
        provider.script(Script.chat().tokens(9).after(new Step.Pause(left)));
        Socket socket = gateway.rawChat(ask("alpha", false, "x"));
        left.awaitReached();
        reset(socket);
        Await.until("the gateway drains", () -> gateway.telemetry.scrape().contains("jarvis_gateway_drains_active 1"));
        left.open();

        LedgerEntry served = provider.awaitLedger(1).getFirst();
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(entry.settlement().reported().orElseThrow().output()).isEqualTo(served.outputTokens());
    }

    @Test
    void t6_aClientThatLeavesWithTheLastByteHasItsAnswer() throws Exception {
        start(HangUpPolicy.CANCEL);
        int rounds = 1_000;
        for (int i = 0; i < rounds; i++) {
            try (Socket socket = gateway.rawChat(ask("alpha", true, "tokens=2"))) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                StringBuilder seen = new StringBuilder();
                while (seen.indexOf("[DONE]\n\n") < 0) {
                    int next = in.read();
                    assertThat(next).isNotNegative();
                    seen.append((char) next);
                }
                reset(socket);
            }
        }

        assertThat(gateway.meter.awaitSettled(rounds))
                .hasSize(rounds)
                .allMatch(entry -> entry.settlement().outcome() == Outcome.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void c11_aClientThatOnlyClosedItsSendingSideGetsItsWholeAnswer(boolean stream) throws Exception {
        start(HangUpPolicy.CANCEL);
        Gate half = new Gate();
        provider.script(request -> {
            List<Step> steps = new ArrayList<>(Script.chat().tokens(8).steps(request));
            steps.add(stream ? steps.size() / 2 : 0, new Step.Pause(half));
            return steps;
        });
        try (Socket socket = gateway.rawChat(ask("alpha", stream, "x"))) {
            half.awaitReached();
            socket.shutdownOutput();
            half.open();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("HTTP/1.1 200", stream ? "[DONE]" : "\"finish_reason\"");
        }
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void c11_aClientThatClosesItsSendingSideWhileItIsAdmittedGetsItsWholeAnswer(boolean stream) throws Exception {
        CompletableFuture<Runnable> admission = new CompletableFuture<>();
        gateway.limits = (demand, loop, then) -> admission.complete(
                () -> loop.runOnContext(turn -> then.accept(new Decision.Reserved(Reservation.NONE))));
        start(HangUpPolicy.CANCEL);
        try (Socket socket = gateway.rawChat(ask("alpha", stream, "tokens=8"))) {
            Runnable admit = admission.get(20, TimeUnit.SECONDS);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().endsWith("\r\n\r\n")) {
                seen.append(RunningGateway.next(in)); // it is asked whether it is still there
            }
            admit.run();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(seen.toString()).startsWith("HTTP/1.1 100 Continue");
            assertThat(answer).contains("HTTP/1.1 200", stream ? "[DONE]" : "\"finish_reason\"");
        }
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void c11_aClientThatIsGoneAltogetherIsFoundOutBeforeItsWholeAnswer() throws Exception {
        start(HangUpPolicy.CANCEL);
        provider.script(Script.of(new Step.Stall()));
        Socket socket = gateway.rawChat(ask("alpha", false, "x"));
        provider.awaitReceived(1);
        socket.close(); // nothing was there to be read: this is a FIN and no reset

        provider.awaitLedger(1);
        RecordedMeter.Entry entry = gateway.meter.only();
        assertThat(entry.settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(entry.settlement().errorCode()).hasValue("client_gone");
    }

    @Test
    void c11_aClientThatClosedAltogetherIsFoundOutByTheBytesAfterIt() throws Exception {
        start(HangUpPolicy.CANCEL);
        Gate left = new Gate();
        provider.script(Scripts.tokensThen(3, new Step.Pause(left), new Step.Stall()));
        Socket socket = gateway.rawChat(ask("alpha", true, "x"));
        left.awaitReached();
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (seen.toString().split("\"content\":\"", -1).length <= 3
                || !seen.toString().endsWith("\n\n\r\n")) {
            seen.append(RunningGateway.next(in));
        }
        socket.close(); // everything is read: this is a FIN and no reset
        left.open();

        provider.awaitLedger(1);
        assertThat(gateway.meter.only().settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    }

    @Test
    void t23_aClientThatReadsNothingIsCutAndBothSidesAreClosed() throws Exception {
        start(
                HangUpPolicy.DRAIN,
                new Patience(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10)));
        provider.script(flood(new Gate()));
        try (Socket socket = gateway.rawChat(ask("alpha", true, "x"))) {
            provider.awaitLedger(1);
            RecordedMeter.Entry entry = gateway.meter.only();
            assertThat(entry.settlement().outcome()).isEqualTo(Outcome.CLIENT_GONE);
            assertThat(entry.settlement().errorCode()).hasValue("client_write_timeout");
            assertThat(socket.isConnected()).isTrue();
            Await.until("the client's connection ends", () -> {
                byte[] room = new byte[64 * 1024];
                try {
                    while (socket.getInputStream().read(room) >= 0) {
                        // what was on its way
                    }
                    return true;
                } catch (java.net.SocketTimeoutException e) {
                    return false;
                } catch (java.io.IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void aSlowReaderHoldsTheProviderBack() throws Exception {
        start(HangUpPolicy.DRAIN);
        Gate atEnd = new Gate();
        provider.script(flood(atEnd));
        try (Socket socket = gateway.rawChat(ask("alpha", true, "x"))) {
            socket.getInputStream().read();
            gateway.vertx.timer(1_000).toCompletionStage().toCompletableFuture().join();
            assertThat(atEnd.isReached())
                    .as("all of it was read from the provider")
                    .isFalse();
            long seen = 1;
            byte[] room = new byte[64 * 1024];
            while (seen < (long) EVENTS * EVENT.length) {
                int read = socket.getInputStream().read(room);
                assertThat(read).isPositive();
                seen += read;
            }
            atEnd.awaitReached();
            atEnd.open();
        }
    }

    /** 40 MB of content, more than sockets hold, and then a gate. */
    private static Script flood(Gate atEnd) {
        List<Step> steps = new ArrayList<>();
        steps.add(Scripts.streamHead());
        for (int i = 0; i < EVENTS; i++) {
            steps.add(new Step.Generate(1));
            steps.add(new Step.Body(EVENT, Slicing.whole()));
        }
        steps.add(new Step.Pause(atEnd));
        return request -> steps;
    }
}
