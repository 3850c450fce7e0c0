package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class FailingDiskChaosTest {
    private static final int CLIENTS = 40;
    private static final int HELD = 30;
    private static final String MODEL = "eio-model";

    @TempDir
    Path home;

    /**
     * The journal's disk answers EIO while PostgreSQL is away: nothing is left that could keep a settlement. Answers wait for
     * the disk (fsync), so those that the provider has ended then are not ended for their clients.
     */
    @Test
    void c13_aDiskThatAnswersEioReleasesNothingAdmitsNothingAndLosesNothing() throws IOException {
        Optional<FailingDisk> made = FailingDisk.make(home, "/journal/");
        Assumptions.assumeTrue(
                made.isPresent(), "C13 with EIO is left out: there is no C compiler here (the command cc)");
        FailingDisk disk = made.get();
        Random random = Seed.of("C13 EIO");
        Map<String, String> settings = new HashMap<>(disk.settings());
        settings.put("JARVIS_SETTLE", "fsync");
        Gate gate = new Gate();
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(settings);
            Node node = Supervisor.node(server);
            server.createModel(MODEL);
            String key = server.createCallerKey("eio");
            Traffic traffic = Traffic.begin(
                    stage.clients(),
                    node::awaitUp,
                    key,
                    MODEL,
                    CLIENTS,
                    random,
                    choice -> "tokens=" + choice.nextInt(20));
            stage.awaitMore(200);
            stage.provider()
                    .whenUserSays(
                            "held",
                            request -> heldBeforeUsage(Script.chat().tokens(5).steps(request), gate));
            List<Transcript> held = stage.clients().begin(server.base(), key, MODEL, "held", HELD);
            Await.until("streams wait for their end", () -> held.stream().allMatch(Transcript::hasBegun));

            stage.postgres().kill();
            disk.fail();
            Await.until("health says so", () -> saysThatTheJournalTakesNothing(server));
            double before = Stage.metric(server, "jarvis_journal_unshipped_records");
            gate.open();
            Await.until(
                    "all that was held is settled in memory",
                    () -> stage.provider().ledger().entries().size()
                                    == stage.provider().ledger().started()
                            && Stage.metric(server, "jarvis_journal_unshipped_records") >= before + HELD);
            Transcript refused = stage.clients().begin(server.base(), key, MODEL, "tokens=1");
            refused.awaitEnd();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(held).noneMatch(Transcript::sawDone);

            disk.recover();
            stage.postgres().startAgain();
            Await.until("what was settled is in PostgreSQL", () -> held.stream().allMatch(Transcript::sawDone));
            assertThat(saysThatTheJournalTakesNothing(server))
                    .as("what the kernel has of the journal is not known: it takes a restart")
                    .isTrue();
            assertThat(node.process().output()).contains("The disk refused to sync the usage journal");

            node.kill();
            node.startAgain();
            stage.awaitMore(200);
            traffic.stop();
            stage.judge(Duration.ofSeconds(30))
                    .accept(
                            "C13 EIO",
                            "the journal's disk answered EIO while PostgreSQL was away, under " + CLIENTS + " clients; "
                                    + HELD + " ends were held back");
        } finally {
            gate.open();
        }
    }

    private static List<Step> heldBeforeUsage(List<Step> answer, Gate gate) {
        List<Step> steps = new ArrayList<>();
        for (Step step : answer) {
            if (step instanceof Step.Report) {
                steps.add(new Step.Pause(gate));
            }
            steps.add(step);
        }
        return steps;
    }

    private static boolean saysThatTheJournalTakesNothing(TestingServer server) {
        ApiAnswer ready = server.anonymous().get("/health/ready");
        return ready.status() == 503 && ready.body().contains("the journal takes no attempts");
    }
}
