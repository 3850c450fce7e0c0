package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.FileTree;
import dev.jarvis.testkit.database.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("chaos")
class RestoredDatabaseChaosTest {
    private static final int CLIENTS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MODEL = "restored-model";

    /** In nano-units: 50 USD, far more than is used. */
    private static final long BUDGET = 50_000_000_000L;

    @TempDir
    Path home;

    /**
     * A database from an earlier time beside the journal of today: what was recorded up to the point is there as it was, and
     * what came later is told again by the journal, once. Then the opposite: the journal of yesterday beside the database.
     */
    @Test
    void c25_aDatabaseRestoredToAPointInTimeGetsBackWhatTheJournalHasAndCountsNothingTwice() throws IOException {
        Random random = Seed.of("C25");
        int load = Seed.load(400);
        try (Stage stage = new Stage(home)) {
            TestingServer server = stage.start(Map.of());
            Node node = Supervisor.node(server);
            TestDatabase database = stage.database();
            budget(database, server.createModel(MODEL));
            server.awaitCallable(MODEL);
            Traffic traffic = Traffic.begin(
                    stage.clients(),
                    node::awaitUp,
                    server.createCallerKey("restored"),
                    MODEL,
                    CLIENTS,
                    random,
                    choice -> "tokens=" + choice.nextInt(40));
            stage.awaitMore(load);
            Path backup = stage.postgres().backUp();
            Path oldJournal = home.resolve("old-journal");
            FileTree.copy(journal(), oldJournal, file -> true);
            stage.awaitMore(load);
            Set<String> before = attempts(database);
            stage.postgres().namePoint("c25");
            Set<String> after = attempts(database);
            stage.awaitMore(load);

            node.kill();
            int lost = attempts(database).size();
            stage.postgres().restore(backup, "c25");
            Set<String> restored = attempts(database);
            assertThat(restored).containsAll(before).isSubsetOf(after);
            assertThat(restored).hasSizeLessThan(lost);
            node.startAgain();
            stage.awaitMore(load);
            traffic.stop();
            stage.judge(PATIENCE)
                    .accept(
                            "C25",
                            "the database restored to a point in time, %d of its %d records gone; the journal told them again"
                                    .formatted(lost - restored.size(), lost));
            awaitBudget(database);
            assertThat(database.query("SELECT lost FROM usage_losses"))
                    .as("no segment of the journal was full yet, so none was deleted")
                    .isEmpty();

            node.kill();
            FileTree.remove(journal());
            FileTree.copy(oldJournal, journal(), file -> true);
            node.startAgain();
            stage.judge(PATIENCE).accept("C25", "the journal of an earlier time beside that database");
            awaitBudget(database);
        }
    }

    private Path journal() {
        return home.resolve("node1/data/journal");
    }

    private static Set<String> attempts(TestDatabase database) {
        return new HashSet<>(database.query("SELECT attempt_id FROM llm_usage"));
    }

    private static void budget(TestDatabase database, String model) {
        database.execute("""
                INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                VALUES ('%s', 'model', '%s', 'USD', %d, 'total')
                """.formatted(UUID.randomUUID(), model, BUDGET));
    }

    /** Nothing is held, and what was spent is what the records were charged. */
    private static void awaitBudget(TestDatabase database) {
        Await.until(
                "nothing is held",
                Duration.ofSeconds(90),
                () -> BudgetBalance.faults(database).isEmpty() && BudgetBalance.nothingIsHeld(database));
        assertThat(database.query("SELECT spent FROM budget_windows"))
                .isEqualTo(List.of(database.query("SELECT sum(user_cost_nano) FROM llm_usage_effective")
                        .getFirst()));
    }
}
