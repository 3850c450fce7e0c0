package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.proxy.FaultProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class SlowPostgresChaosTest {
    private static final int CLIENTS = 60;
    private static final Duration LAG = Duration.ofSeconds(2);
    private static final String MODEL = "slow-model";

    @TempDir
    Path home;

    /** The server has 512 MiB of heap and ends when it runs out of it. */
    @Test
    void c5_whenEveryCommitTakesSecondsTheJournalGrowsAndTheHeapDoesNot() throws IOException {
        Random random = Seed.of("C5");
        Duration slow = Duration.ofSeconds(Seed.rounds(90));
        try (Stage stage = new Stage(home);
                FaultProxy proxy = FaultProxy.before(stage.postgres().port())) {
            TestingServer server = stage.startBehind(proxy.port(), Map.of());
            server.createModel(MODEL);
            String key = server.createCallerKey("slow");
            Traffic traffic = Traffic.begin(
                    stage.clients(),
                    server::base,
                    key,
                    MODEL,
                    CLIENTS,
                    random,
                    choice -> "tokens=" + (1 + choice.nextInt(20)) + " delay_ms=" + choice.nextInt(20));
            stage.awaitMore(200);

            proxy.lag(LAG);
            Stage.lasts(slow);
            double waiting = Stage.metric(server, "jarvis_journal_unshipped_records");
            double journal = Stage.metric(server, "jarvis_journal_bytes");
            proxy.lag(Duration.ZERO);
            traffic.stop();

            Verdict verdict = stage.judge(Duration.ofSeconds(60));
            verdict.accept(
                    "C5",
                    "each answer of PostgreSQL took 2 s for %d s; %d records waited in %d MiB of journal; %s of memory at most"
                            .formatted(slow.toSeconds(), (long) waiting, (long) journal >> 20, mostMemory(server)));
            assertThat(Supervisor.node(server).process().isAlive()).isTrue();
            assertThat(stage.clients().transcripts()).allMatch(Transcript::sawDone);
        }
    }

    private static String mostMemory(TestingServer server) throws IOException {
        return Files.readAllLines(Path.of(
                        "/proc",
                        String.valueOf(Supervisor.node(server).process().pid()),
                        "status"))
                .stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .map(line -> line.substring("VmHWM:".length()).strip())
                .orElse("an unknown amount");
    }
}
