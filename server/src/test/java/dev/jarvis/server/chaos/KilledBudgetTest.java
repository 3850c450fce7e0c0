package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Budgets under kill -9: B5 with one server, B3 with three. */
class KilledBudgetTest {
    private static final int BUDGET_EXCEEDED = 402;
    private static final String MODEL = "budget-model";

    @TempDir
    Path home;

    @Test
    void b5_afterAKillNothingIsHeldAndTheBudgetSpentWhatItsRecordsSay() {
        kill(1, 2, 40);
    }

    @Test
    @Tag("chaos")
    void b3_threeServersThatAreKilledInTurnNeverPassAHardBudget() {
        kill(3, 30, 150);
    }

    private void kill(int servers, int kills, int streams) {
        Random random = Seed.of("budgets under kills");
        try (ScriptedProvider provider = ScriptedProvider.start();
                StreamingClients clients = new StreamingClients();
                Supervisor supervisor = new Supervisor(provider, home)) {
            List<TestingServer> running = new ArrayList<>();
            running.add(supervisor.start(RunningPostgres.newDatabase(), Map.of("JARVIS_UNSAFE_DATABASE", "true")));
            TestingServer first = running.getFirst();
            String model = first.createModel(MODEL);
            String key = first.createCallerKey("budgets");
            first.database().execute("""
                    INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                    VALUES ('%s', 'model', '%s', 'USD', %d, 'total')
                    """.formatted(UUID.randomUUID(), model, 60_000_000L * servers));
            while (running.size() < servers) {
                running.add(supervisor.start(first.database(), Map.of("JARVIS_UNSAFE_DATABASE", "true")));
            }
            running.forEach(server -> server.awaitCallable(MODEL));
            for (int kill = 0; kill < kills; kill++) {
                List<Transcript> begun = new ArrayList<>();
                for (TestingServer server : running) {
                    begun.addAll(clients.begin(server.base(), key, MODEL, "tokens=20 delay_ms=10", streams / servers));
                }
                int ended = 1 + random.nextInt(5);
                Await.until(
                        "streams have ended, or nobody is admitted",
                        () -> begun.stream().filter(Transcript::sawDone).count() >= ended
                                || begun.stream().allMatch(one -> one.sawDone() || one.status() == BUDGET_EXCEEDED));
                Node node = Supervisor.node(running.get(random.nextInt(servers)));
                node.kill();
                assertThat(BudgetBalance.faults(first.database())).isEmpty();
                node.startAgain();
                assertThat(BudgetBalance.faults(first.database())).isEmpty();
                if (servers == 1) {
                    Await.until(
                            "what the dead one held is free",
                            Duration.ofSeconds(60),
                            () -> BudgetBalance.nothingIsHeld(first.database()));
                }
            }
            clients.awaitEnds();

            Await.until("nothing is held", Duration.ofSeconds(60), () -> BudgetBalance.nothingIsHeld(first.database()));
            Await.value(
                    "every record is there and charged", () -> BudgetBalance.faults(first.database()), List::isEmpty);
            assertThat(spent(first)).isPositive();
        }
    }

    private static long spent(TestingServer server) {
        return Long.parseLong(
                server.database().query("SELECT spent FROM budget_windows").getFirst());
    }
}
