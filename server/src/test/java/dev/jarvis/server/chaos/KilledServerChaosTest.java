package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.DurablePostgres;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class KilledServerChaosTest {
    private static final String MODEL = "killed-model";

    @TempDir
    Path home;

    /** The clients begin again wherever they were cut off, so that each life of the server begins with all of them at once. */
    @Test
    void c1_nothingIsLostOrDoubledWhenTheServerIsKilledUnderFiveHundredStreams() {
        Random random = Seed.of("C1");
        int kills = Seed.rounds(50);
        int streams = Seed.load(500);
        try (DurablePostgres postgres = DurablePostgres.start();
                ScriptedProvider provider = ScriptedProvider.start();
                StreamingClients clients = new StreamingClients();
                Supervisor supervisor = new Supervisor(provider, home)) {
            TestingServer server = supervisor.start(postgres.newDatabase(), Map.of());
            Node node = Supervisor.node(server);
            server.createModel(MODEL);
            String key = server.createCallerKey("killed");
            Traffic traffic = Traffic.begin(
                    clients,
                    node::awaitUp,
                    key,
                    MODEL,
                    streams,
                    random,
                    choice -> "tokens=" + (1 + choice.nextInt(40)) + " delay_ms=" + (5 + choice.nextInt(50)));
            for (int kill = 0; kill < kills; kill++) {
                int more = 1 + random.nextInt(streams * 3 / 2);
                int before = provider.ledger().started();
                Await.until(
                        more + " more attempts",
                        Duration.ofMinutes(2),
                        () -> provider.ledger().started() - before >= more);
                node.kill();
                node.startAgain();
            }
            traffic.stop();

            Verdict verdict =
                    new Oracle(provider, server.database(), clients.transcripts()).judge(Duration.ofSeconds(60));
            verdict.accept("C1", kills + " kills of the server under " + streams + " streams");
            assertThat(verdict.promised()).isPositive();
            assertThat(verdict.estimated()).isPositive();
            assertThat(Reconciliation.of(provider, server.database())).isEmpty();
        }
    }
}
