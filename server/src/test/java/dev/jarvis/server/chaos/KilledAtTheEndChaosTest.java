package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class KilledAtTheEndChaosTest {
    private static final int STREAMS = 100;
    private static final long NEAR_NANOS = 5_000_000;
    private static final int MOST_SEEN = 60;
    private static final String MODEL = "ending-model";

    @TempDir
    Path home;

    /**
     * A hundred streams wait just before their usage; the provider sends it to all of them at once, and the server is
     * killed as soon as some of the clients have seen theirs, while the others are settled and released. Each stream is a
     * trial; those whose client saw the end within 5 ms of the kill are counted.
     */
    @Test
    void c2_noClientHasSeenAnEndWithoutADurableExactRecord() {
        Random random = Seed.of("C2");
        int kills = Seed.rounds(20);
        List<Long> killed = new ArrayList<>();
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(Map.of());
            Node node = Supervisor.node(server);
            server.createModel(MODEL);
            String key = server.createCallerKey("ending");
            for (int kill = 0; kill < kills; kill++) {
                Gate beforeUsage = new Gate();
                stage.provider().script(request -> heldBeforeUsage(request, beforeUsage));
                List<Transcript> streams = stage.clients().begin(node.base(), key, MODEL, "end", STREAMS);
                Await.until(
                        "all streams wait for their end",
                        Duration.ofSeconds(60),
                        () -> streams.stream().allMatch(Transcript::hasBegun));
                int seen = random.nextInt(MOST_SEEN);
                beforeUsage.open();
                while (streams.stream().filter(Transcript::sawDone).count() < seen) {
                    Thread.onSpinWait();
                }
                killed.add(System.nanoTime());
                node.kill();
                node.startAgain();
            }
            stage.clients().awaitEnds();

            Verdict verdict = stage.judge(Duration.ofSeconds(60));
            long near = stage.clients().transcripts().stream()
                    .filter(stream -> stream.sawDone() && isNear(stream, killed))
                    .count();
            verdict.accept(
                    "C2",
                    "%d kills among %d ends each: %d trials, %d ends were seen within 5 ms of the kill"
                            .formatted(kills, STREAMS, kills * STREAMS, near));
            assertThat(verdict.promised()).isBetween(1, kills * STREAMS - 1);
        }
    }

    private static List<Step> heldBeforeUsage(ReceivedRequest request, Gate gate) {
        List<Step> steps = new ArrayList<>();
        for (Step step : Script.chat().tokens(3).steps(request)) {
            if (step instanceof Step.Report) {
                steps.add(new Step.Pause(gate));
            }
            steps.add(step);
        }
        return steps;
    }

    private static boolean isNear(Transcript stream, List<Long> killed) {
        return killed.stream().anyMatch(kill -> Math.abs(stream.doneAt() - kill) <= NEAR_NANOS);
    }
}
