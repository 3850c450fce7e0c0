package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.proxy.FaultProxy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Two servers, one of which is away from the database or from the processor while the other goes on. */
@Tag("chaos")
class PartitionChaosTest {
    private static final int CLIENTS = 30;
    private static final String MODEL = "parted-model";

    @TempDir
    Path home;

    @Test
    void c16_aServerThatIsCutOffFromPostgresGoesOnAndIsCountedOnceAfterwards() {
        Random random = Seed.of("C16");
        Duration away = Duration.ofSeconds(Seed.rounds(90));
        try (Stage stage = new Stage(home);
                FaultProxy proxy = FaultProxy.before(stage.postgres().port())) {
            TestingServer one = stage.start(Map.of());
            TestingServer two = stage.startBehind(proxy.port(), Map.of());
            one.createModel(MODEL);
            two.awaitCallable(MODEL);
            String key = one.createCallerKey("parted");
            Traffic atOne = begin(stage, one, key, random);
            Traffic atTwo = begin(stage, two, key, random);
            stage.awaitMore(300);

            proxy.stall();
            Stage.lasts(away);
            double waiting = Stage.metric(two, "jarvis_journal_unshipped_records");
            proxy.flow();
            atOne.stop();
            atTwo.stop();

            stage.judge(Duration.ofSeconds(60))
                    .accept(
                            "C16",
                            "one of two servers was cut off from PostgreSQL for %d s; %d of its records waited"
                                    .formatted(away.toSeconds(), (long) waiting));
            assertThat(waiting).isPositive();
            assertThat(stage.clients().transcripts()).allMatch(Transcript::sawDone);
        }
    }

    @Test
    void o7_aServerThatStandsStillForHalfAMinuteSettlesNothingTwice() {
        Random random = Seed.of("O7");
        Duration still = Duration.ofSeconds(Seed.rounds(30));
        try (Stage stage = new Stage(home)) {
            TestingServer one = stage.start(Map.of());
            TestingServer two = stage.start(Map.of());
            one.createModel(MODEL);
            two.awaitCallable(MODEL);
            String key = one.createCallerKey("parted");
            Traffic atOne = begin(stage, one, key, random);
            Traffic atTwo = begin(stage, two, key, random);
            stage.awaitMore(300);

            Supervisor.node(two).process().pause();
            Stage.lasts(still);
            Supervisor.node(two).process().resume();
            stage.awaitMore(300);
            atOne.stop();
            atTwo.stop();

            stage.judge(Duration.ofSeconds(60))
                    .accept("O7", "one of two servers stood still for " + still.toSeconds() + " s");
            assertThat(stage.clients().transcripts()).allMatch(Transcript::sawDone);
        }
    }

    private static Traffic begin(Stage stage, TestingServer server, String key, Random random) {
        return Traffic.begin(
                stage.clients(),
                server::base,
                key,
                MODEL,
                CLIENTS,
                random,
                choice -> "tokens=" + (1 + choice.nextInt(20)) + " delay_ms=" + choice.nextInt(30));
    }
}
