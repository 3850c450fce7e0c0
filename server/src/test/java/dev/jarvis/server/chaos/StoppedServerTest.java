package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** C8: SIGTERM with 500 streams open. */
class StoppedServerTest {
    private static final int SHORT = 250;
    private static final int LONG = 250;
    private static final String MODEL = "stopped-model";

    @Test
    void c8_aStoppedServerLetsShortStreamsFinishEndsTheRestInBandAndLosesNoRecord() {
        try (ScriptedProvider provider = ScriptedProvider.start();
                StreamingClients clients = new StreamingClients();
                TestingServer server = TestingServer.builder()
                        .withProvider(provider)
                        .withSetting("JARVIS_DRAIN_TIMEOUT", "6s")
                        .start()) {
            server.createModel(MODEL);
            String key = server.createCallerKey("stop");
            List<Transcript> brief = clients.begin(server.base(), key, MODEL, "tokens=40 delay_ms=50", SHORT);
            List<Transcript> endless = clients.begin(server.base(), key, MODEL, "tokens=900 delay_ms=100", LONG);
            Await.until(
                    "500 streams have begun",
                    () -> clients.transcripts().stream().allMatch(Transcript::hasBegun));

            ServerProcess process = (ServerProcess) server.server();
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(process::terminate);
            Await.until(
                    "nobody new is let in while the streams go on",
                    () -> isClosed(server.base().getPort()) && !exit.isDone());
            clients.awaitEnds();

            assertThat(exit.join()).as(process.output()).isZero();
            assertThat(brief).allMatch(Transcript::sawDone);
            assertThat(endless).allMatch(Transcript::sawError);
            assertThat(endless).noneMatch(Transcript::sawDone);
            List<String> ledger = provider.awaitLedger(SHORT + LONG).stream()
                    .map(LedgerEntry::requestId)
                    .toList();
            assertThat(server.usage()).extracting("attemptId").containsExactlyInAnyOrderElementsOf(ledger);
        }
    }

    private static boolean isClosed(int port) throws IOException {
        try (Socket connection = new Socket("127.0.0.1", port)) {
            return !connection.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }
}
