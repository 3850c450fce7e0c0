package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.process.SmallDisk;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class FullDiskChaosTest {
    private static final int DISK_MIB = 6;
    private static final int CLIENTS = 40;
    private static final int LONG_STREAMS = 20;
    private static final String MODEL = "full-model";

    @TempDir
    Path home;

    @Test
    void c13_aFullDiskStopsAdmissionBeforeAnythingIsLost() throws IOException {
        Path data = Files.createDirectory(home.resolve("disk"));
        Optional<SmallDisk> mounted = SmallDisk.mount(data, DISK_MIB);
        Assumptions.assumeTrue(
                mounted.isPresent(), "C13 is left out: a small file system cannot be mounted here (that takes root)");
        try (SmallDisk disk = mounted.get()) {
            fillIt(disk);
        }
    }

    private void fillIt(SmallDisk disk) {
        Random random = Seed.of("C13");
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(Map.of(
                    "JARVIS_DATA_DIR", disk.directory().toString(),
                    "JARVIS_JOURNAL_MAX", "16MiB",
                    "JARVIS_JOURNAL_KEEP_FREE", "0"));
            Node node = Supervisor.node(server);
            server.createModel(MODEL);
            String key = server.createCallerKey("full");
            disk.fill();
            Traffic traffic = Traffic.begin(
                    stage.clients(),
                    node::awaitUp,
                    key,
                    MODEL,
                    CLIENTS,
                    random,
                    choice -> "tokens=" + choice.nextInt(20));
            stage.awaitMore(100);

            stage.postgres().kill();
            awaitFull(server);
            stage.postgres().startAgain();
            Await.until("calls are admitted again", Duration.ofSeconds(60), () -> isReady(server));
            stage.awaitMore(200);

            List<Transcript> running =
                    stage.clients().begin(server.base(), key, MODEL, "tokens=900 delay_ms=200", LONG_STREAMS);
            Await.until("long streams run", () -> running.stream().allMatch(Transcript::hasBegun));
            stage.postgres().kill();
            awaitFull(server);
            node.kill();
            disk.free();
            stage.postgres().startAgain();
            node.startAgain();
            stage.awaitMore(200);
            traffic.stop();

            Verdict verdict = stage.judge(Duration.ofSeconds(30));
            verdict.accept(
                    "C13",
                    "the journal's disk of %d MiB was full twice, the server killed on it; %d calls were refused"
                            .formatted(DISK_MIB, refused(stage)));
            assertThat(verdict.estimated()).isGreaterThanOrEqualTo(LONG_STREAMS);
            assertThat(refused(stage)).isPositive();
        }
    }

    /** Health says so, new calls are refused, and those that were admitted have come to their end. */
    private static void awaitFull(TestingServer server) {
        Await.until("the journal is full", Duration.ofMinutes(3), () -> !isAdmitting(server));
        Await.until("health says so", () -> !isReady(server));
    }

    private static boolean isAdmitting(TestingServer server) {
        return Stage.metric(server, "jarvis_journal_admitting") > 0;
    }

    private static boolean isReady(TestingServer server) {
        return server.anonymous().get("/health/ready").status() == 200;
    }

    private static long refused(Stage stage) {
        return stage.clients().transcripts().stream()
                .filter(transcript -> transcript.status() == 503)
                .count();
    }
}
