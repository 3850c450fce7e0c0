package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Decision;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.money.BudgetPeriod;
import dev.jarvis.platform.money.BudgetWindow;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static dev.jarvis.gateway.budget.BudgetNode.admitted;
import static dev.jarvis.gateway.budget.BudgetNode.demand;
import static dev.jarvis.gateway.budget.BudgetNode.hold;
import static dev.jarvis.gateway.budget.BudgetNode.refusal;
import static org.assertj.core.api.Assertions.assertThat;

/** Budgets on one database and one to three nodes. Money is what the database says it is, on one node or several. */
class BudgetLimitsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final UUID USER = UUID.randomUUID();

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final List<BudgetNode> nodes = new ArrayList<>();

    @AfterEach
    void closeNodes() {
        nodes.forEach(BudgetNode::close);
    }

    @AfterAll
    static void closeLoops() {
        VERTX.close().await();
    }

    @Test
    void b1_aBudgetForTenRequestsAdmitsTenOfTwoHundred() {
        tenOfTwoHundred(100, 1);
    }

    @Test
    void b1_onThreeNodesTogetherToo() {
        tenOfTwoHundred(5, 3);
    }

    @Test
    @Tag("chaos")
    void b1_onThreeNodesAHundredTimes() {
        tenOfTwoHundred(100, 3);
    }

    private void tenOfTwoHundred(int rounds, int nodeCount) {
        Demand example = demand(USER, 100, 50);
        List<UUID> users = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            UUID user = UUID.randomUUID();
            users.add(user);
            budget("user", user, "hard", "USD", 10 * hold(example), "total");
        }
        start(nodeCount);
        for (UUID user : users) {
            Demand demand = demand(user, 100, 50);
            List<List<CompletableFuture<Decision>>> asked = new ArrayList<>();
            nodes.forEach(node -> asked.add(new ArrayList<>()));
            for (int i = 0; i < 200; i++) {
                asked.get(i % nodeCount).add(nodes.get(i % nodeCount).reserve(demand));
            }
            int admitted = 0;
            for (int n = 0; n < nodeCount; n++) {
                List<Reservation> reserved = admitted(
                        asked.get(n).stream().map(CompletableFuture::join).toList());
                admitted += reserved.size();
                nodes.get(n).settle(reserved, hold(demand));
            }
            assertThat(admitted).as("admitted").isEqualTo(10);
        }
        assertThat(database.query("SELECT DISTINCT spent FROM budget_windows"))
                .containsExactly("" + 10 * hold(example));
        assertThat(number("SELECT sum(leased) FROM budget_windows")).isZero();
    }

    @Test
    void b2_oneNanoUnitLessThanTheHoldAdmitsNobody() {
        Demand demand = demand(USER, 100, 50);
        budget("user", USER, "hard", "USD", hold(demand) - 1, "day");
        BudgetNode node = start(1);

        List<Decision> decisions = node.reserve(demand, 20);

        assertThat(admitted(decisions)).isEmpty();
        assertThat(refusal(decisions.getFirst()).status()).isEqualTo(402);
        assertThat(refusal(decisions.getFirst()).code()).isEqualTo("budget_exceeded");
        assertThat(refusal(decisions.getFirst()).headers())
                .containsEntry("x-should-retry", "false")
                .containsEntry("x-budget-scope", "user")
                .containsKey("x-budget-resets-at");
        assertThat(number("SELECT count(*) FROM events WHERE type = 'budget.exhausted'"))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void everyBudgetHasToAgreeAndOnesThatDidAreGivenBack() {
        Demand demand = demand(USER, 100, 50);
        budget("organisation", null, "hard", "USD", 100 * hold(demand), "month");
        budget("user", USER, "hard", "tokens", 3 * (demand.inputHigh() + 50), "day");
        budget("user", USER, "hard", "USD", 50 * hold(demand), "month");
        BudgetNode node = start(1);

        List<Decision> decisions = node.reserve(demand, 10);

        assertThat(admitted(decisions)).hasSize(3);
        assertThat(admitted(decisions).getFirst().claims()).hasSize(3);
        admitted(decisions).forEach(reservation -> node.settle(reservation, 10));
        node.limits.close();
        Await.until(
                "everything that was set aside is free", () -> number("SELECT sum(leased) FROM budget_windows") == 0);
        assertThat(database.query("SELECT spent FROM budget_windows")).containsOnly("30");
    }

    @Test
    void b7_aModelWithoutAPriceIsNeverUsedUnderAHardBudget() {
        budget("team", Identity.DEFAULT_TEAM, "hard", "USD", 1_000_000, "total");
        BudgetNode node = start(1);
        Demand unpriced = new Demand(
                BudgetNode.caller(USER),
                BudgetNode.model(Optional.empty(), OptionalInt.of(10)),
                10,
                OptionalLong.of(5),
                1);

        assertThat(refusal(node.reserve(unpriced).join()).code()).isEqualTo("model_not_priced");
    }

    @Test
    void b8_theLimitOfAnAnswerThatNobodyNamedIsTheModels() {
        budget("model", new UUID(0, 3), "hard", "USD", 1_000_000, "total");
        BudgetNode node = start(1);

        Decision capped = node.reserve(uncapped(OptionalInt.of(77))).join();
        Decision endless = node.reserve(uncapped(OptionalInt.empty())).join();

        assertThat(((Decision.Reserved) capped).reservation().outputCap()).hasValue(77);
        assertThat(refusal(endless).code()).isEqualTo("max_tokens_required");
    }

    @Test
    void b10_whatFitsByItsCountIsAdmittedAndNoMore() {
        budget("user", USER, "hard", "tokens", 150, "total");
        BudgetNode node = start(1);

        Decision byBytes = node.reserve(counted(OptionalLong.empty())).join();
        Decision tooMany = node.reserve(counted(OptionalLong.of(101))).join();
        Decision fits = node.reserve(counted(OptionalLong.of(100))).join();
        Decision again = node.reserve(counted(OptionalLong.of(100))).join();

        assertThat(refusal(byBytes).code()).isEqualTo("budget_exceeded");
        assertThat(refusal(tooMany).code()).isEqualTo("budget_exceeded");
        assertThat(fits).isInstanceOf(Decision.Reserved.class);
        assertThat(refusal(again).code()).isEqualTo("budget_exceeded");
    }

    private static Demand counted(OptionalLong count) {
        return new Demand(
                BudgetNode.caller(USER),
                BudgetNode.model(Optional.of(BudgetNode.PRICE), OptionalInt.empty()),
                1_000,
                OptionalLong.of(50),
                1,
                () -> count);
    }

    /** A budget in tokens: 266 for the input, by its bytes, and for the answer what is left. */
    @ParameterizedTest
    @CsvSource({"16266, 16000", "16265, 4000", "4265, 1000", "1265, ", "3000, 1000"})
    void b10_anAnswerThatNobodyLimitedIsShorterWhereNoMoreIsLeft(long amount, @Nullable Long cap) {
        budget("user", USER, "hard", "tokens", amount, "total");
        BudgetNode node = start(1);

        Decision decision = node.reserve(uncapped(OptionalInt.of(16_000))).join();

        if (cap == null) {
            assertThat(refusal(decision).code()).isEqualTo("budget_exceeded");
        } else {
            assertThat(((Decision.Reserved) decision).reservation().outputCap()).hasValue(cap);
        }
    }

    private static Demand uncapped(OptionalInt maxTokens) {
        return new Demand(
                BudgetNode.caller(USER),
                BudgetNode.model(Optional.of(BudgetNode.PRICE), maxTokens),
                10,
                OptionalLong.empty(),
                1);
    }

    @Test
    void aPriceInAnotherCurrencyNeedsARateThatSomebodySet() {
        budget("user", USER, "hard", "CNY", 1_000_000_000_000L, "total");
        BudgetNode node = start(1);
        Demand demand = demand(USER, 100, 50);
        assertThat(refusal(node.reserve(demand).join()).code()).isEqualTo("exchange_rate_missing");

        database.execute("""
                INSERT INTO exchange_rates (from_currency, to_currency, rate, effective_from)
                VALUES ('USD', 'CNY', 7.1, now() - interval '1 day')
                """);
        Reservation reservation = Await.value(
                        "a rate", () -> admitted(List.of(node.reserve(demand).join())), reserved -> !reserved.isEmpty())
                .getFirst();
        node.settle(reservation, 100);

        assertThat(number("SELECT spent FROM budget_windows")).isEqualTo(710);
    }

    @Test
    void b11_aSoftBudgetStarvesNobodyForWhatTheyMightCost() {
        long mean = 2_000;
        budget("user", USER, "soft", "USD", 100 * mean, "total");
        BudgetNode node = start(1);
        Demand long200k = demand(USER, 200_000, 50_000);
        Random random = new Random(11);
        long spent = 0;
        int asked = 0;
        int admitted = 0;
        while (spent < 80 * mean) {
            List<Decision> decisions = node.reserve(long200k, 50);
            asked += 50;
            for (Reservation reservation : admitted(decisions)) {
                admitted++;
                long cost = random.nextLong(1, 2 * mean);
                spent += spent < 80 * mean ? cost : 0;
                node.settle(reservation, spent < 80 * mean ? cost : 0);
            }
        }
        assertThat(admitted).isGreaterThanOrEqualTo(asked * 95 / 100);

        node.settle(admitted(List.of(node.reserve(long200k).join())).getFirst(), 30 * mean);
        Await.until(
                "the budget stops admitting",
                () -> refusal402(node.reserve(long200k).join()));
    }

    private static boolean refusal402(Decision decision) {
        return decision instanceof Decision.Refused refused && refused.refusal().status() == 402;
    }

    @Test
    void b17_aLoweredLimitHoldsWithinTwoSecondsOnAllNodesAndARaisedOneToo() {
        Demand demand = demand(USER, 100, 50);
        UUID budget = budget("user", USER, "hard", "USD", 10_000 * hold(demand), "total");
        start(3);
        List<Reservation> running = new ArrayList<>();
        nodes.forEach(node -> running.addAll(admitted(node.reserve(demand, 5))));
        assertThat(running).hasSize(15);

        database.execute("UPDATE budgets SET amount = " + 15 * hold(demand) + " WHERE id = '" + budget + "'");
        Await.until(
                "every node refuses",
                Duration.ofSeconds(2),
                () -> nodes.stream().allMatch(node -> {
                    Decision decision = node.reserve(demand).join();
                    running.addAll(admitted(List.of(decision)));
                    return refusal402(decision);
                }));
        database.execute("UPDATE budgets SET amount = " + 10_000 * hold(demand) + " WHERE id = '" + budget + "'");
        Await.until(
                "every node admits",
                Duration.ofSeconds(2),
                () -> nodes.stream()
                        .allMatch(node -> !admitted(node.reserve(demand, 1)).isEmpty()));
    }

    @Test
    void b17_whatIsInFlightAtAResetIsChargedWhereItWasReserved() {
        UUID id = budget("user", USER, "hard", "USD", 1_000, "day");
        BudgetNode node = start(1);
        Reservation reservation = admitted(node.reserve(demand(USER, 1, 1), 1)).getFirst();
        BudgetClaim claim = reservation.claims().getFirst();
        database.execute("""
                INSERT INTO budget_windows (budget_id, starts_at, ends_at)
                SELECT budget_id, ends_at, ends_at + interval '1 day' FROM budget_windows
                """);

        node.settle(reservation, 7);

        assertThat(database.query("SELECT spent FROM budget_windows ORDER BY starts_at"))
                .containsExactly("7", "0");
        assertThat(claim.budgetId()).isEqualTo(id);
    }

    @Test
    void b17_aTopUpReachesNodesThatJustRefused() {
        Demand demand = demand(USER, 100, 50);
        budget("user", USER, "hard", "USD", hold(demand), "total");
        BudgetNode node = start(1);
        node.settle(admitted(node.reserve(demand, 1)).getFirst(), hold(demand));
        assertThat(refusal402(node.reserve(demand).join())).isTrue();

        database.execute("UPDATE budget_windows SET extra = " + hold(demand));

        Await.until(
                "the top-up is used",
                Duration.ofSeconds(2),
                () -> !admitted(node.reserve(demand, 1)).isEmpty());
    }

    @Test
    void b5_holdsOfTenThousandMixedEndsAreAllGone() {
        Demand demand = demand(USER, 100, 50);
        budget("user", USER, "hard", "USD", 1_000_000 * hold(demand), "total");
        BudgetNode node = start(1);
        Random random = new Random(5);
        long spent = 0;
        for (int round = 0; round < 100; round++) {
            List<Reservation> reserved = admitted(node.reserve(demand, 100));
            assertThat(reserved).hasSize(100);
            for (Reservation reservation : reserved) {
                if (random.nextInt(50) == 0) {
                    long cost = random.nextLong(hold(demand));
                    node.settle(reservation, cost);
                    spent += cost;
                } else {
                    reservation.end(); // refused by the provider, failed, never sent
                }
            }
        }
        node.limits.close();

        Await.until("no hold is left", () -> number("SELECT leased FROM budget_windows") == 0);
        assertThat(number("SELECT spent FROM budget_windows")).isEqualTo(spent);
    }

    @Test
    void b5_whatADeadNodeHeldIsFreeWhenItIsBackOrAfterAMinute() {
        Demand demand = demand(USER, 100, 50);
        budget("user", USER, "hard", "USD", 10 * hold(demand), "total");
        BudgetNode dead = start(1);
        nodes.clear();
        Reservation open = admitted(dead.reserve(demand, 10)).getFirst();
        dead.die();
        BudgetNode other = start(1);
        assertThat(refusal402(other.reserve(demand).join())).isTrue();

        BudgetNode again = new BudgetNode(database, VERTX, dead.id());
        nodes.add(again);
        again.ship(List.of(open), new Spent(1, 1));
        again.recovered.complete();
        Await.until(
                "what the dead one held is free",
                () -> !admitted(other.reserve(demand, 1)).isEmpty());
        assertThat(number("SELECT spent FROM budget_windows")).isEqualTo(1);

        again.reserve(demand, 8);
        nodes.remove(again);
        again.die();
        database.execute("UPDATE budget_leases SET renewed_at = renewed_at - interval '61 seconds' WHERE node_id = '"
                + dead.id() + "'");
        other.limits.lookAfter();
        assertThat(number("SELECT count(*) FROM budget_leases WHERE state = 'expired'"))
                .isPositive();
        assertThat(admitted(other.reserve(demand, 5))).isNotEmpty();
    }

    @Test
    void whatLiesIdleOnOneNodeIsFoundByAnother() {
        Demand demand = demand(USER, 100, 50);
        budget("user", USER, "hard", "USD", 400 * hold(demand), "total");
        start(2);
        Reservation first = admitted(nodes.get(0).reserve(demand, 1)).getFirst();
        long spare = number("SELECT leased FROM budget_windows") - hold(demand);
        assertThat(spare).isGreaterThan(10 * hold(demand));

        List<Decision> all = nodes.get(1).reserve(demand, 399);

        assertThat(admitted(all)).hasSize(399);
        nodes.get(0).settle(first, 1);
    }

    @Test
    void aDatabaseThatIsAwayStopsOnlyWhoNeedsIt() {
        Demand demand = demand(USER, 100, 50);
        budget("user", USER, "hard", "USD", 10_000 * hold(demand), "total");
        BudgetNode node = start(1);
        assertThat(admitted(node.reserve(demand, 1))).hasSize(1);
        long spare = number("SELECT leased FROM budget_windows") / hold(demand) - 1;

        database.execute("ALTER FUNCTION lease_budget RENAME TO elsewhere");
        List<Decision> decisions = node.reserve(demand, (int) spare + 5);

        assertThat(admitted(decisions).size()).isEqualTo((int) spare);
        assertThat(refusal(decisions.getLast()).code()).isEqualTo("budget_unavailable");
        assertThat(refusal(decisions.getLast()).status()).isEqualTo(503);
        database.execute("ALTER FUNCTION elsewhere RENAME TO lease_budget");
        Await.until(
                "it is asked again", () -> !admitted(node.reserve(demand, 1)).isEmpty());
    }

    @Test
    void theWarningThresholdIsAnnouncedOnce() {
        Demand demand = demand(USER, 100, 50);
        UUID budget = budget("user", USER, "hard", "USD", 10 * hold(demand), "total");
        database.execute("UPDATE budgets SET warn_percent = 50");
        BudgetNode node = start(1);

        for (Reservation reservation : admitted(node.reserve(demand, 8))) {
            node.settle(reservation, hold(demand));
        }

        assertThat(database.query("SELECT subject FROM events WHERE type = 'budget.warning'"))
                .containsExactly(budget.toString());
    }

    @Test
    void b13_eightNodesThatOpenAWindowAtOnceGrantWhatItHas() throws Exception {
        eightOpen(50);
    }

    @Test
    @Tag("chaos")
    void b13_eightNodesThatOpenAThousandWindowsAtOnceGrantWhatTheyHave() throws Exception {
        eightOpen(1_000);
    }

    private void eightOpen(int windows) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<PostgresLedger> ledgers = new ArrayList<>();
            for (int node = 0; node < 8; node++) {
                ledgers.add(new PostgresLedger(
                        Jdbi.create(database.dataSource()), UUID.randomUUID(), new LedgerClock(), System::nanoTime));
            }
            CyclicBarrier together = new CyclicBarrier(8);
            for (int i = 0; i < windows; i++) {
                UUID budget = budget("user", UUID.randomUUID(), "hard", "USD", 10, "total");
                List<Future<LeaseAnswer>> answers = ledgers.stream()
                        .map(ledger -> threads.submit(() -> {
                            together.await(30, TimeUnit.SECONDS);
                            return ledger.exchange(
                                    budget,
                                    BudgetWindow.ALWAYS,
                                    new LeaseAsk(UUID.randomUUID(), 0, List.of(3L), 3, false, 0));
                        }))
                        .toList();
                for (Future<LeaseAnswer> answer : answers) {
                    answer.get();
                }
            }
        }
        assertThat(database.query("SELECT DISTINCT leased FROM budget_windows")).containsExactly("9");
        assertThat(number("SELECT count(*) FROM budget_windows")).isEqualTo(windows);
    }

    @Test
    void b15_windowsFollowTheDatabasesClockNotTheNodes() {
        LedgerClock one = new LedgerClock();
        LedgerClock other = new LedgerClock();
        Instant at = Instant.parse("2026-03-01T23:59:59.500Z");
        one.read(at, 1_000, 1_000);
        other.read(at, 999_000_000_000L, 999_000_000_000L);
        Windows daily = new Windows(BudgetPeriod.DAY, ZoneOffset.UTC);

        BudgetWindow before = daily.at(one.at(1_000 + 499_000_000L));
        assertThat(daily.at(other.at(999_000_000_000L + 499_000_000L))).isEqualTo(before);
        BudgetWindow after = daily.at(one.at(1_000 + 501_000_000L));
        assertThat(after.startsAt()).isEqualTo(before.endsAt());
        assertThat(daily.at(other.at(999_000_000_000L + 501_000_000L))).isEqualTo(after);
    }

    private BudgetNode start(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(new BudgetNode(database, VERTX, UUID.randomUUID()));
        }
        return nodes.getLast();
    }

    private UUID budget(
            String scope, @Nullable UUID subject, String enforcement, String unit, long amount, String period) {
        UUID id = UUID.randomUUID();
        database.execute("""
                INSERT INTO budgets (id, scope, subject_id, enforcement, unit, amount, period)
                VALUES ('%s', '%s', %s, '%s', '%s', %d, '%s')
                """.formatted(
                        id, scope, subject == null ? "NULL" : "'" + subject + "'", enforcement, unit, amount, period));
        return id;
    }

    private long number(String sql) {
        return Long.parseLong(database.query(sql).getFirst());
    }
}
