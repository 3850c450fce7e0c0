package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.BudgetUnit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Records are charged to their budgets where they are stored: in one transaction, once, and never beyond a hard limit. */
class BudgetShippingIT {
    /** What {@link Samples#PRICE} makes of 100 tokens in and 20 out. */
    private static final long COST = 100 * 3_000 + 20 * 15_000;

    private static final UUID BUDGET = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final UsageTable.Checkpoint CHECKPOINT = new UsageTable.Checkpoint(1, 1, 0);

    private UsageDatabase database;
    private final UUID lease = UUID.randomUUID();

    @BeforeEach
    void makeDatabase() {
        database = UsageDatabase.create();
    }

    @Test
    void whatIsChargedIsWhatIsStoredHoweverOftenItIsDelivered() {
        budget("hard", 100 * COST);
        lease(10 * COST);
        List<JournaledUsage> records = records(4);

        delivery().deliver(records, CHECKPOINT);
        delivery().deliver(records, CHECKPOINT);

        assertThat(window("spent")).isEqualTo(4 * COST);
        assertThat(window("leased")).isEqualTo(6 * COST);
        assertThat(database.number("SELECT charged FROM budget_leases")).isEqualTo(4 * COST);
        assertBalanced();
    }

    @Test
    void b13_twoNodesThatDeliverTheSameRecordsAtOnceChargeThemOnce() throws Exception {
        budget("hard", 20 * COST);
        lease(10 * COST);
        List<JournaledUsage> records = records(20);
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                List<JournaledUsage> shuffled = new ArrayList<>(records);
                Collections.shuffle(shuffled, new Random(node));
                running.add(nodes.submit(() -> {
                    together.await(30, TimeUnit.SECONDS);
                    untilTaken(shuffled);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(window("spent")).isEqualTo(20 * COST);
        assertThat(window("leased")).isZero();
        assertBalanced();
    }

    @Test
    void aLeaseThatIsOverChargesOnlyWhatTheWindowStillHas() {
        budget("hard", 3 * COST + 7);
        lease(3 * COST);
        database.execute("SELECT end_budget_leases('expired', NULL, NULL, NULL, interval '0')");
        assertThat(window("leased")).isZero();

        delivery().deliver(records(5), CHECKPOINT);

        assertThat(window("spent")).isEqualTo(3 * COST + 7);
        assertThat(database.strings("SELECT user_cost_nano::text FROM llm_usage ORDER BY attempt_id"))
                .containsExactly("" + COST, "" + COST, "" + COST, "7", "0");
        assertThat(database.number("SELECT sum(cost_nano)::bigint FROM llm_usage"))
                .isEqualTo(5 * COST);
        assertBalanced();
    }

    @Test
    void aProviderThatTakesMoreThanWasReservedIsNotPaidBeyondAHardBudget() {
        budget("hard", 2 * COST);
        lease(COST / 2);

        delivery().deliver(records(3), CHECKPOINT);

        assertThat(window("spent")).isEqualTo(2 * COST);
        assertThat(window("leased")).isZero();
        assertThat(database.number("SELECT charged FROM budget_leases")).isEqualTo(3 * COST);
        assertBalanced();
    }

    @Test
    void aSoftBudgetIsChargedInFull() {
        budget("soft", COST);

        delivery().deliver(records(3, claim(BudgetClaim.NO_LEASE, BudgetUnit.USD, BudgetClaim.SAME)), CHECKPOINT);

        assertThat(window("spent")).isEqualTo(3 * COST);
        assertBalanced();
    }

    @Test
    void aBudgetInAnotherCurrencyIsChargedAtTheRateOfTheReservation() {
        budget("hard", 10 * COST);
        lease(10 * COST);

        delivery().deliver(records(2, claim(lease, BudgetUnit.CNY, 7_100_000_000L)), CHECKPOINT);

        long each = COST * 71 / 10;
        assertThat(database.strings("SELECT user_cost_nano::text FROM llm_usage ORDER BY attempt_id"))
                .containsExactly("" + COST, "" + (10 * COST - each) * 10 / 71);
        assertThat(window("spent")).isBetween(10 * COST - 7, 10 * COST);
        assertBalanced();
    }

    @Test
    void aBudgetInTokensCountsTokens() {
        budget("hard", 200);
        lease(120);

        delivery().deliver(records(2, claim(lease, BudgetUnit.TOKENS, BudgetClaim.SAME)), CHECKPOINT);

        assertThat(window("spent")).isEqualTo(200);
        assertThat(database.number("SELECT sum(user_cost_nano)::bigint FROM llm_usage"))
                .isEqualTo(2 * COST);
        assertBalanced();
    }

    @Test
    void aDeletedBudgetHoldsUpNothing() {
        budget("hard", 10 * COST);
        lease(COST);
        database.execute("DELETE FROM budgets");

        delivery().deliver(records(2), CHECKPOINT);

        assertThat(database.number("SELECT sum(user_cost_nano)::bigint FROM llm_usage"))
                .isEqualTo(2 * COST);
    }

    @Test
    void b20_aCostThatNoRecordCanHaveGoesToQuarantineAndLeavesTheBalanceAlone() {
        budget("hard", 100 * COST);
        lease(10 * COST);
        delivery().deliver(records(1), CHECKPOINT);
        database.execute("UPDATE budget_windows SET spent = " + (Long.MAX_VALUE - 5));

        delivery().deliver(records(2), CHECKPOINT);

        assertThat(window("spent")).isEqualTo(Long.MAX_VALUE - 5);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine")
                        + database.number("SELECT count(*) FROM llm_usage WHERE user_cost_nano = 0"))
                .isEqualTo(2);
    }

    private void budget(String enforcement, long amount) {
        database.execute("""
                INSERT INTO budgets (id, scope, subject_id, enforcement, unit, amount, period)
                VALUES ('%s', 'user', '%s', '%s', 'USD', %d, 'total')
                """.formatted(BUDGET, Samples.USER, enforcement, amount));
    }

    private void lease(long amount) {
        assertThat(database.strings("""
                SELECT granted::text FROM lease_budget('%s', '%s', '-infinity', 'infinity', '%s', 0, '{%d}', 1, false)
                """.formatted(lease, BUDGET, UUID.randomUUID(), amount)))
                .containsExactly("{t}");
    }

    private long window(String column) {
        return database.number("SELECT " + column + " FROM budget_windows");
    }

    private BudgetClaim claim(UUID leaseId, BudgetUnit unit, long rate) {
        return new BudgetClaim(BUDGET, BudgetClaim.NO_START, leaseId, unit, rate);
    }

    private List<JournaledUsage> records(int count) {
        return records(count, claim(lease, BudgetUnit.USD, BudgetClaim.SAME));
    }

    private static List<JournaledUsage> records(int count, BudgetClaim claim) {
        List<JournaledUsage> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AttemptOpening opening = Samples.opening(Uuid7.next(), List.of(claim));
            records.add(Samples.journaled(OpenedAttempt.of(opening), 100, 20));
        }
        return records;
    }

    private UsageDelivery delivery() {
        UsageTable table = new UsageTable(database.jdbi(), UUID.randomUUID(), "node");
        return new UsageDelivery(
                table,
                new UsagePartitions(table, InstantSource.system()),
                new JournalMetrics(new SimpleMeterRegistry(), InstantSource.system()));
    }

    private void untilTaken(List<JournaledUsage> records) {
        UsageDelivery delivery = delivery();
        while (true) {
            try {
                delivery.deliver(records, CHECKPOINT);
                return;
            } catch (RuntimeException e) {
                assertThat(SqlFault.of(e).isOfTheData()).isFalse();
            }
        }
    }

    /** The window has what the records say, and a hard one is within its limit. */
    private void assertBalanced() {
        Ledger.assertBalanced(database);
        assertThat(database.number("""
                SELECT coalesce(sum((c ->> 'amount')::bigint), 0)::bigint
                FROM llm_usage, jsonb_array_elements(budget_charges) AS c
                """)).isEqualTo(window("spent"));
        assertThat(database.number("""
                SELECT count(*) FROM budget_windows w JOIN budgets b ON b.id = w.budget_id
                WHERE b.enforcement = 'hard' AND w.spent + w.leased > b.amount + w.extra
                """)).isZero();
        assertThat(database.number("""
                SELECT count(*) FROM budget_windows w WHERE leased <> (
                    SELECT coalesce(sum(greatest(0, amount - charged)), 0) FROM budget_leases l
                    WHERE l.budget_id = w.budget_id AND l.starts_at = w.starts_at AND state = 'live')
                """)).isZero();
    }
}
