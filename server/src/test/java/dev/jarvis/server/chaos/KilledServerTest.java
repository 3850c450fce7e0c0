package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** C1, the quick form: kill -9 of the server under 100 streams, ten times. */
class KilledServerTest {
    private static final int KILLS = 10;
    private static final int STREAMS = 100;
    private static final int TOKENS = 20;
    private static final String MODEL = "crash-model";

    @TempDir
    Path home;

    @Test
    void c1_everyAttemptOfTheProvidersLedgerHasExactlyOneRecordAfterTenKills() {
        Random random = Seed.of("C1 quick");
        try (ScriptedProvider provider = ScriptedProvider.start();
                StreamingClients clients = new StreamingClients();
                Supervisor supervisor = new Supervisor(provider, home)) {
            TestingServer server =
                    supervisor.start(RunningPostgres.newDatabase(), Map.of("JARVIS_UNSAFE_DATABASE", "true"));
            Node node = Supervisor.node(server);
            server.createModel(MODEL);
            String key = server.createCallerKey("crash");
            for (int round = 0; round < KILLS; round++) {
                int before = provider.ledger().started();
                List<Transcript> begun = clients.begin(
                        server.base(),
                        key,
                        MODEL,
                        "tokens=" + TOKENS + " delay_ms=" + (1 + random.nextInt(25)),
                        STREAMS);
                int arrived = 1 + random.nextInt(STREAMS);
                int ended = round % 2 == 0 ? 0 : 1 + random.nextInt(STREAMS / 2);
                Await.until(
                        "streams under way",
                        () -> provider.ledger().started() - before >= arrived
                                && begun.stream().filter(Transcript::sawDone).count() >= ended);
                node.kill();
                node.startAgain();
            }
            clients.awaitEnds();

            Verdict verdict =
                    new Oracle(provider, server.database(), clients.transcripts()).judge(Duration.ofSeconds(30));
            verdict.accept("C1 quick", KILLS + " kills of the server under " + STREAMS + " streams");
            assertThat(verdict.promised()).isPositive();
            assertThat(verdict.estimated()).isPositive();
        }
    }
}
