package dev.jarvis.server.chaos;

import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int LOOKS_FOR_MORE = 2;
    private static final int CLIENTS = 20;

    /** About ten requests' worth of what each has to set aside. */
    private static final long NEAR = 20_000_000;

    @TempDir
    Path home;

    @Test
    void b5_afterAKillNothingIsHeldAndTheBudgetSpentWhatItsRecordsSay() {
        Random random = Seed.of("B5");
        try (ScriptedProvider provider = ScriptedProvider.start();
                StreamingClients clients = new StreamingClients();
                Supervisor supervisor = new Supervisor(provider, home)) {
            TestingServer server = supervisor.start(RunningPostgres.newDatabase(), Map.of());
            budget(server, 60_000_000);
            String key = server.createCallerKey("budgets");
            Node node = Supervisor.node(server);
            for (int kill = 0; kill < 2; kill++) {
                List<Transcript> begun = clients.begin(server.base(), key, MODEL, "tokens=20 delay_ms=10", 40);
                int ended = 1 + random.nextInt(5);
                Await.until(
                        "streams have ended, or nobody is admitted",
                        () -> begun.stream().filter(Transcript::sawDone).count() >= ended
                                || begun.stream().allMatch(one -> one.sawDone() || one.status() == BUDGET_EXCEEDED));
                node.kill();
                assertThat(BudgetBalance.faults(server.database())).isEmpty();
                node.startAgain();
                assertThat(BudgetBalance.faults(server.database())).isEmpty();
                Await.until(
                        "what the dead one held is free",
                        PATIENCE,
                        () -> BudgetBalance.nothingIsHeld(server.database()));
            }
            clients.awaitEnds();
            awaitBalanced(server.database());
            assertThat(spent(server.database())).isPositive();
        }
    }

    /**
     * The budget is nearly used up all the time: what was used is given back again and again, so that every request is decided
     * near the limit, most of them in PostgreSQL.
     */
    @Test
    @Tag("chaos")
    void b3_threeServersThatAreKilledInTurnNeverPassAHardBudget() {
        Random random = Seed.of("B3");
        int requests = Seed.load(50_000);
        try (Stage stage = new Stage(home)) {
            List<TestingServer> servers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                servers.add(stage.start(Map.of("JARVIS_EVENT_LOOPS", "1")));
            }
            String key = servers.getFirst().createCallerKey("budgets");
            budget(servers.getFirst(), NEAR);
            servers.forEach(server -> server.awaitCallable(MODEL));
            List<Traffic> traffic = servers.stream()
                    .map(server -> Traffic.begin(
                            stage.clients(),
                            Supervisor.node(server)::awaitUp,
                            key,
                            MODEL,
                            CLIENTS,
                            random,
                            choice -> "tokens=" + choice.nextInt(60)))
                    .toList();
            int kills = 0;
            long looks = 0;
            long killed = System.nanoTime();
            while (stage.clients().count() < requests) {
                assertThat(BudgetBalance.faults(stage.database())).isEmpty();
                looks++;
                if (looks % LOOKS_FOR_MORE == 0) {
                    stage.database().execute("UPDATE budgets SET amount = " + (spent(stage.database()) + NEAR));
                }
                if (System.nanoTime() - killed > BETWEEN_KILLS.toNanos()) {
                    Node node = Supervisor.node(servers.get(random.nextInt(servers.size())));
                    node.kill();
                    assertThat(BudgetBalance.faults(stage.database())).isEmpty();
                    node.startAgain();
                    kills++;
                    killed = System.nanoTime();
                }
                Stage.lasts(BETWEEN_LOOKS);
            }
            traffic.forEach(Traffic::stop);

            awaitBalanced(stage.database());
            long refused = stage.clients().transcripts().stream()
                    .filter(one -> one.status() == BUDGET_EXCEEDED)
                    .count();
            stage.judge(PATIENCE)
                    .accept(
                            "B3",
                            "%d requests to three servers, %d kills, %d refused for money; the budget looked at %d times"
                                    .formatted(stage.clients().count(), kills, refused, looks));
            assertThat(refused).isPositive();
        }
    }

    private static void budget(TestingServer server, long amount) {
        String model = server.createModel(MODEL);
        server.database().execute("""
                INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                VALUES ('%s', 'model', '%s', 'USD', %d, 'total')
                """.formatted(UUID.randomUUID(), model, amount));
    }

    private static void awaitBalanced(TestDatabase database) {
        Await.until("nothing is held", PATIENCE, () -> BudgetBalance.nothingIsHeld(database));
        Await.value("every record is there and charged", PATIENCE, () -> BudgetBalance.faults(database), List::isEmpty);
    }

    private static long spent(TestDatabase database) {
        return database.query("SELECT spent FROM budget_windows").stream()
                .mapToLong(Long::parseLong)
                .sum();
    }
}
