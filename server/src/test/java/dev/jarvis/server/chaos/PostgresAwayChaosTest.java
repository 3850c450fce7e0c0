package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL stands still or dies under load: serving goes on, or waits where the operator asked for that. */
@Tag("chaos")
class PostgresAwayChaosTest {
    private static final int CLIENTS = 60;
    private static final String MODEL = "away-model";
    private static final Function<Random, String> SHORT =
            choice -> "tokens=" + (1 + choice.nextInt(20)) + " delay_ms=" + choice.nextInt(20);

    @TempDir
    Path home;

    private String key = "";

    @Test
    void c4_servingGoesOnFromTheJournalWhilePostgresStandsStillAndIsKilled() {
        Random random = Seed.of("C4");
        Duration half = Duration.ofSeconds(Seed.rounds(30));
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(Map.of());
            Traffic traffic = begin(stage, server, random);
            stage.awaitMore(200);

            stage.postgres().pause();
            Stage.lasts(half);
            stage.postgres().kill();
            Stage.lasts(half);
            double waiting = Stage.metric(server, "jarvis_journal_unshipped_records");
            stage.awaitMore(200);
            stage.postgres().startAgain();
            traffic.stop();

            Verdict verdict = stage.judge(Duration.ofSeconds(30));
            verdict.accept(
                    "C4",
                    "PostgreSQL stood still for %d s and was dead for %d s; %d records waited in the journal"
                            .formatted(half.toSeconds(), half.toSeconds(), (long) waiting));
            assertThat(waiting).isPositive();
            assertThat(failed(stage)).isEmpty();
        }
    }

    @Test
    void c4_whereAnswersWaitForPostgresNewCallsAreRefusedAndNoEndIsReleasedEarly() {
        Random random = Seed.of("C4 postgres");
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(Map.of("JARVIS_SETTLE", "postgres"));
            Traffic traffic = begin(stage, server, random);
            stage.awaitMore(200);

            stage.postgres().pause();
            Await.until("a silent PostgreSQL stops admission", () -> isRefused(stage, server));
            stage.postgres().kill();
            Await.until("a dead PostgreSQL stops admission", () -> isRefused(stage, server));
            stage.postgres().startAgain();
            stage.awaitMore(200);
            traffic.stop();

            stage.judge(Duration.ofSeconds(30))
                    .accept("C4 postgres", "JARVIS_SETTLE=postgres; PostgreSQL stood still and was killed");
            assertThat(failed(stage)).allMatch(transcript -> transcript.status() == 503);
        }
    }

    @Test
    void c15_nothingIsLostOrDoubledWhenPostgresIsKilledAgainAndAgain() {
        Random random = Seed.of("C15");
        int kills = Seed.rounds(20);
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(Map.of());
            Traffic traffic = begin(stage, server, random);
            for (int kill = 0; kill < kills; kill++) {
                stage.awaitMore(1 + random.nextInt(300));
                stage.postgres().kill();
                stage.postgres().startAgain();
            }
            traffic.stop();

            stage.judge(Duration.ofSeconds(30)).accept("C15", kills + " kills of PostgreSQL");
            assertThat(failed(stage)).isEmpty();
        }
    }

    /** Begins another stream: one that is admitted has content, though not its end. */
    private boolean isRefused(Stage stage, TestingServer server) {
        Transcript probe = stage.clients().begin(server.base(), key, MODEL, "tokens=1");
        Await.until("an answer begins", () -> probe.status() != 0);
        return probe.status() == 503;
    }

    private Traffic begin(Stage stage, TestingServer server, Random random) {
        server.createModel(MODEL);
        key = server.createCallerKey("away");
        return Traffic.begin(stage.clients(), server::base, key, MODEL, CLIENTS, random, SHORT);
    }

    /** Streams that did not come to their end. */
    private static List<Transcript> failed(Stage stage) {
        return stage.clients().transcripts().stream()
                .filter(transcript -> !transcript.sawDone())
                .toList();
    }
}
