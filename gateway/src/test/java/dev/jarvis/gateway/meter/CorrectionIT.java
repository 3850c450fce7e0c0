package dev.jarvis.gateway.meter;

import dev.jarvis.platform.id.Uuid7;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Corrections are new rows: nothing is edited, nothing is counted twice. */
class CorrectionIT {
    private static final UsageTable.Checkpoint CHECKPOINT = new UsageTable.Checkpoint(1, 1, 0);

    private UsageDatabase database;
    private UsageDelivery delivery;

    @BeforeEach
    void makeDatabase() {
        database = UsageDatabase.create();
        UsageTable table = new UsageTable(database.jdbi(), UUID.randomUUID(), "node");
        delivery = new UsageDelivery(
                table,
                new UsagePartitions(table, InstantSource.system()),
                new JournalMetrics(new SimpleMeterRegistry(), InstantSource.system()));
    }

    @Test
    void c18_aCorrectionSupersedesItsRowAndMovesTheRollupsByTheDifference() {
        UUID attempt = ship(100, 20);

        UUID correction = correct(attempt, "{\"input_tokens\": 90, \"cache_read_tokens\": 10}", "bill of november");

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(2);
        assertThat(database.strings("SELECT attempt_id::text FROM llm_usage_effective"))
                .containsExactly(correction.toString());
        assertThat(database.rows("SELECT attempts, requests, input_tokens, cache_read_tokens FROM llm_usage_hourly"))
                .containsExactly(Map.of("attempts", 1L, "requests", 1L, "input_tokens", 90L, "cache_read_tokens", 10L));
        assertThat(Uuid7.day(correction)).isEqualTo(Uuid7.day(attempt));
        Ledger.assertBalanced(database);
    }

    @Test
    void c18_repeatingABatchOrChangingNothingLeavesNoRow() {
        UUID attempt = ship(100, 20);
        UUID first = correct(attempt, "{\"input_tokens\": 90}", "batch");

        assertThat(correct(attempt, "{\"input_tokens\": 80}", "batch")).isEqualTo(first);
        assertThat(correct(first, "{\"input_tokens\": 80}", "batch")).isEqualTo(first);
        assertThat(correct(attempt, "{\"input_tokens\": 90}", "another")).isEqualTo(first);

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(2);
    }

    @Test
    void c18_recordsAndTheirCorrectionsRefuseToBeEdited() {
        UUID correction = correct(ship(100, 20), "{\"input_tokens\": 90}", "reason");

        for (String edit : List.of("UPDATE llm_usage SET cost_nano = 0", "DELETE FROM llm_usage")) {
            assertThatThrownBy(() -> database.execute(edit + " WHERE attempt_id = '" + correction + "'"))
                    .hasStackTraceContaining("append-only");
        }
    }

    @Test
    void whoCalledWhatAndWhenCannotBeCorrected() {
        UUID attempt = ship(1, 1);

        for (String field : List.of("user_id", "started_at", "attempt_id", "budget_charges", "no_such_column")) {
            assertThatThrownBy(() -> correct(attempt, "{\"" + field + "\": null}", "reason"))
                    .hasStackTraceContaining("can be corrected");
        }
        assertThatThrownBy(() -> correct(Uuid7.next(), "{\"input_tokens\": 1}", "reason"))
                .hasStackTraceContaining("no record of attempt");
        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(1);
    }

    @Test
    void c18_correctionsOfOneAttemptAtOnceMakeOneChain() throws Exception {
        UUID attempt = ship(100, 20);
        CyclicBarrier together = new CyclicBarrier(4);
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int administrator = 0; administrator < 4; administrator++) {
                int tokens = administrator;
                running.add(pool.submit(() -> {
                    together.await(30, TimeUnit.SECONDS);
                    for (int time = 0; time < 5; time++) {
                        correct(attempt, "{\"input_tokens\": " + (tokens * 10 + time) + "}", tokens + " " + time);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(21);
        assertThat(database.number("SELECT count(*) FROM llm_usage_effective")).isEqualTo(1);
        Ledger.assertBalanced(database);
    }

    @Test
    void theBudgetWindowsOfTheOriginalFollowACorrection() {
        UUID attempt = ship(100, 20);
        UUID money = budget("USD", 500_000);
        UUID tokens = budget("tokens", 120);
        database.execute("""
                SET session_replication_role = replica;
                UPDATE llm_usage SET budget_charges = '[
                    {"budget_id": "%s", "window": "2026-11-01T00:00:00Z", "amount": 600000},
                    {"budget_id": "%s", "window": "2026-11-01T00:00:00Z", "amount": 120}]';
                """.formatted(money, tokens));
        database.execute("UPDATE budget_windows SET spent = 600000 WHERE budget_id = '" + money + "'");

        correct(attempt, "{\"input_tokens\": 200, \"user_cost_nano\": 900000, \"cost_nano\": 900000}", "first");
        correct(attempt, "{\"output_tokens\": 10, \"user_cost_nano\": 750000, \"cost_nano\": 750000}", "second");

        assertThat(spent(money)).isEqualTo(750_000);
        assertThat(spent(tokens)).isEqualTo(210);

        correct(attempt, "{\"user_cost_nano\": 0}", "forgiven");

        assertThat(spent(money)).isZero();
        assertThat(spent(tokens)).isZero();
        assertThat(database.number("""
                SELECT sum((c ->> 'amount')::bigint)::bigint FROM llm_usage, jsonb_array_elements(budget_charges) c
                """)).isZero();
    }

    /** Property: whatever arrives late, twice or corrected, hours and days are the sums of what is effective. */
    @Test
    void c18_rollupsAreTheSumOfEffectiveRowsAfterRandomHistories() {
        Random random = new Random(20_261_124);
        List<UUID> attempts = new ArrayList<>();
        List<JournaledUsage> sent = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            List<JournaledUsage> batch = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                batch.add(late(random));
            }
            if (!sent.isEmpty() && random.nextBoolean()) {
                batch.add(sent.get(random.nextInt(sent.size())));
            }
            delivery.deliver(batch, CHECKPOINT);
            sent.addAll(batch);
            batch.forEach(one -> attempts.add(one.attemptId()));
            for (int i = random.nextInt(5); i > 0; i--) {
                correct(attempts.get(random.nextInt(attempts.size())), anything(random), "batch " + random.nextInt(20));
            }
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE supersedes IS NOT NULL"))
                .isGreaterThan(50);
        assertThat(database.number("SELECT count(*) FROM llm_usage_effective"))
                .isEqualTo(attempts.stream().distinct().count());
        Ledger.assertBalanced(database);
    }

    private static JournaledUsage late(Random random) {
        UUID now = Uuid7.next();
        long earlier = random.nextLong(10L * 24 * 3600 * 1000) << 16;
        return Samples.journaled(
                new UUID(now.getMostSignificantBits() - earlier, now.getLeastSignificantBits()),
                random.nextInt(1000),
                random.nextInt(1000));
    }

    /** The cost is left with its lines, as {@link Ledger} wants it; zero has none. */
    private static String anything(Random random) {
        Map<String, String> changes = new HashMap<>();
        changes.put("output_tokens", Integer.toString(random.nextInt(1000)));
        if (random.nextBoolean()) {
            changes.put("model", "\"model-" + random.nextInt(3) + "\"");
        }
        if (random.nextBoolean()) {
            changes.put("billing", random.nextBoolean() ? "\"estimated\"" : "\"unknown\"");
        }
        if (random.nextBoolean()) {
            changes.put("outcome", random.nextBoolean() ? "\"failed\"" : "\"completed\"");
            changes.put("first_content_ms", random.nextBoolean() ? "null" : Integer.toString(random.nextInt(900)));
        }
        if (random.nextInt(3) == 0) {
            int cost = random.nextInt(1_000_000);
            changes.put("cost_nano", Integer.toString(cost));
            changes.put("user_cost_nano", Integer.toString(random.nextBoolean() ? cost : 0));
            changes.put("cost_lines", "[{\"class\": \"output\", \"amount_nano\": " + cost + "}]");
            changes.put("currency", random.nextBoolean() ? "\"USD\"" : "\"CNY\"");
        }
        List<String> members = new ArrayList<>();
        changes.forEach((name, value) -> members.add("\"" + name + "\": " + value));
        return "{" + String.join(", ", members) + "}";
    }

    private UUID ship(long input, long output) {
        JournaledUsage usage = Samples.journaled(
                OpenedAttempt.of(Samples.opening(Uuid7.next(), Samples.model("m", Optional.of(Samples.PRICE), false))),
                input,
                output);
        delivery.deliver(List.of(usage), CHECKPOINT);
        return usage.attemptId();
    }

    private UUID budget(String unit, long spent) {
        UUID id = UUID.randomUUID();
        database.execute("""
                INSERT INTO budgets (id, scope, unit, amount, period) VALUES ('%1$s', 'organisation', '%2$s', 1, 'month');
                INSERT INTO budget_windows (budget_id, starts_at, ends_at, spent)
                VALUES ('%1$s', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', %3$d);
                """.formatted(id, unit, spent));
        return id;
    }

    private long spent(UUID budget) {
        return database.number("SELECT spent FROM budget_windows WHERE budget_id = '" + budget + "'");
    }

    private UUID correct(UUID attempt, String changes, String reason) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT correct_usage(:id, :changes::jsonb, :reason)")
                        .bind("id", attempt)
                        .bind("changes", changes)
                        .bind("reason", reason)
                        .mapTo(UUID.class)
                        .one());
    }
}
