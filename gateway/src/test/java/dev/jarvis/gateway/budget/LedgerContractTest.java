package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.BudgetWindow;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The database does what the simulation's ledger does, answer for answer. */
class LedgerContractTest {
    private static final int HISTORIES = 60;
    private static final int STEPS = 30;

    private final TestDatabase database = RunningPostgres.newDatabase();

    @Test
    void c17_theDatabaseAnswersAsTheModelDoes() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            Jdbi jdbi = Jdbi.create(connection);
            for (long seed = 1; seed <= HISTORIES; seed++) {
                new History(seed, jdbi).run();
            }
        }
    }

    private static final class History {
        private final String name;
        private final Random random;
        private final Jdbi jdbi;
        private final ModelLedger model;
        private final PostgresLedger real;
        private final List<UUID> leases = new ArrayList<>();

        History(long seed, Jdbi jdbi) {
            this.name = "seed " + seed;
            this.random = new Random(seed);
            this.jdbi = jdbi;
            this.model = new ModelLedger(random.nextLong(100, 10_000));
            this.real = new PostgresLedger(jdbi, new UUID(0, 7), new LedgerClock(), System::nanoTime);
            jdbi.useHandle(handle -> {
                handle.execute("DELETE FROM budgets");
                handle.execute("""
                        INSERT INTO budgets (id, scope, unit, amount, period) VALUES (?, 'organisation', 'USD', ?, 'total')
                        """, ModelLedger.BUDGET, model.limit);
            });
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
                jdbi.useHandle(this::compare);
            }
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> exchange();
                case 3 -> ship();
                case 4 -> {
                    if (!leases.isEmpty() && random.nextInt(3) == 0) {
                        List<UUID> one = List.of(leases.get(random.nextInt(leases.size())));
                        model.end(one);
                        real.end(one);
                    }
                }
                default -> {
                    model.limit = random.nextLong(100, 10_000);
                    jdbi.useHandle(handle -> handle.execute("UPDATE budgets SET amount = ?", model.limit));
                }
            }
        }

        private void exchange() {
            boolean fresh = leases.isEmpty() || random.nextInt(5) == 0;
            UUID lease = fresh ? UUID.randomUUID() : leases.get(random.nextInt(leases.size()));
            if (fresh) {
                leases.add(lease);
            }
            ModelLedger.Row row = model.leases.get(lease);
            long committed = row == null ? 0 : random.nextLong(0, row.amount + (random.nextInt(5) == 0 ? 500 : 1));
            List<Long> needs = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                needs.add(random.nextLong(1, 900));
            }
            LeaseAsk ask = new LeaseAsk(lease, committed, needs, random.nextLong(1, 300), random.nextBoolean(), 0);

            LeaseAnswer expected = model.exchange(ModelLedger.BUDGET, BudgetWindow.ALWAYS, ask);

            assertThat(real.exchange(ModelLedger.BUDGET, BudgetWindow.ALWAYS, ask))
                    .as(name)
                    .isEqualTo(expected);
        }

        private void ship() {
            if (leases.isEmpty()) {
                return;
            }
            List<Debit> debits = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                UUID lease = random.nextInt(10) == 0 ? UUID.randomUUID() : leases.get(random.nextInt(leases.size()));
                debits.add(new Debit(
                        UUID.randomUUID(),
                        List.of(new BudgetClaim(
                                ModelLedger.BUDGET, BudgetClaim.NO_START, lease, BudgetUnit.USD, BudgetClaim.SAME)),
                        new Spent(random.nextLong(0, 1_500), 0)));
            }
            List<Charged> expected = model.ship(debits);
            List<Charged> charged = jdbi.inTransaction(handle -> {
                BudgetBooks books = BudgetBooks.lock(handle, debits);
                List<Charged> done = books.charge(debits);
                books.write();
                return done;
            });
            assertThat(charged).as(name).isEqualTo(expected);
        }

        private void compare(Handle handle) {
            handle.createQuery("SELECT spent, leased FROM budget_windows")
                    .map((row, context) -> List.of(row.getLong(1), row.getLong(2)))
                    .findOne()
                    .ifPresent(row -> assertThat(row).as(name).containsExactly(model.spent, model.leased()));
        }
    }
}
