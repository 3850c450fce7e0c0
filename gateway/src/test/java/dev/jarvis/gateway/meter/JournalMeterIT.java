package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.Price;
import dev.jarvis.testkit.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole way from an opened attempt to its row and its hour. */
class JournalMeterIT {
    private static final Jdbi NOBODY = Jdbi.create("jdbc:postgresql://127.0.0.1:1/nobody");

    /** What a later version may do to the tables while this one writes to them. */
    private static final List<String> MIGRATIONS = List.of(
            "BEGIN; ALTER TABLE llm_usage ADD COLUMN later text; COMMIT",
            "BEGIN; CREATE INDEX ON llm_usage (model, started_at); COMMIT",
            "BEGIN; ALTER TABLE llm_usage_hourly ADD COLUMN later bigint NOT NULL DEFAULT 0; COMMIT",
            "BEGIN; LOCK TABLE llm_usage IN ACCESS EXCLUSIVE MODE; ALTER TABLE llm_usage ADD CHECK (duration_ms >= 0);"
                    + " SELECT pg_sleep(0.3); COMMIT");

    @TempDir
    Path folder;

    private UsageDatabase database;
    /** Of the meter that was started last: a registry keeps the first gauge of a name. */
    private MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void makeDatabase() {
        database = UsageDatabase.create();
    }

    @Test
    void aSettledAttemptBecomesARowThatExplainsItsCost() throws Exception {
        UUID id = Uuid7.next();
        try (JournalMeter meter = start(Durability.POSTGRES, database.jdbi())) {
            MeteredAttempt attempt =
                    meter.open(Samples.opening(id, Samples.model("model", Optional.of(Samples.PRICE), false)));
            await(attempt.settle(Samples.completed(100, 20)));

            Map<String, Object> row = database.rows("SELECT * FROM llm_usage").getFirst();
            assertThat(row)
                    .containsEntry("attempt_id", id)
                    .containsEntry("node_id", meter.node())
                    .containsEntry("request_id", "req-" + id)
                    .containsEntry("user_id", Samples.USER)
                    .containsEntry("model", "model")
                    .containsEntry("deployment_id", Samples.DEPLOYMENT)
                    .containsEntry("provider", "provider")
                    .containsEntry("provider_key_id", Samples.KEY)
                    .containsEntry("provider_key_hint", "9876")
                    .containsEntry("upstream_model", "upstream-model")
                    .containsEntry("served_model", "served-1")
                    .containsEntry("outcome", "completed")
                    .containsEntry("billing", "exact")
                    .containsEntry("http_status", 200)
                    .containsEntry("input_tokens", 100L)
                    .containsEntry("output_tokens", 20L)
                    .containsEntry("currency", "USD")
                    .containsEntry("cost_nano", 600_000L)
                    .containsEntry("user_cost_nano", 600_000L)
                    .containsEntry("price_version", 7L)
                    .containsEntry("first_content_ms", 12)
                    .containsEntry("request_bytes", 1000L)
                    .containsEntry("response_bytes", 345L)
                    .containsEntry("upstream_request_id", "up-1")
                    .containsEntry("input_low", null);
        }
        assertThat(database.strings("SELECT cost_lines::text FROM llm_usage"))
                .containsExactly("[{\"class\": \"input\", \"tokens\": 100, \"price_nano\": 3000000000, \"amount_nano\":"
                        + " 300000}, {\"class\": \"output\", \"tokens\": 20, \"price_nano\": 15000000000,"
                        + " \"amount_nano\": 300000}]");
        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE started_at = to_timestamp("
                        + Uuid7.instant(id).toEpochMilli() + " / 1000.0) AND duration_ms >= 0"))
                .isEqualTo(1);
        assertThat(database.number("SELECT segment FROM gateway_nodes")).isPositive();
        Ledger.assertBalanced(database);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyDurabilityReleasesOnTheCallersEventLoopAndLosesNothing(Durability durability) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (JournalMeter meter = start(durability, database.jdbi())) {
            Context context = vertx.getOrCreateContext();
            CompletableFuture<Context> released = new CompletableFuture<>();
            context.runOnContext(go -> meter.open(Samples.opening())
                    .settle(Samples.completed(1, 1))
                    .onComplete(done -> released.complete(Vertx.currentContext())));

            assertThat(released.get(30, TimeUnit.SECONDS)).isSameAs(context);
            if (durability == Durability.POSTGRES) {
                assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(1);
            }
        } finally {
            await(vertx.close());
        }
        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(1);
    }

    @Test
    void aSecondSettlementChangesNothing() throws Exception {
        try (JournalMeter meter = start(Durability.POSTGRES, database.jdbi())) {
            MeteredAttempt attempt = meter.open(Samples.opening());
            var first = attempt.settle(Samples.completed(1, 1));
            assertThat(attempt.settle(Samples.completed(99, 99))).isSameAs(first);
            await(first);
        }
        assertThat(database.number("SELECT sum(input_tokens)::bigint FROM llm_usage"))
                .isEqualTo(1);
    }

    @Test
    void servingGoesOnWithoutPostgresAndTheNextStartShipsIt() throws Exception {
        try (JournalMeter meter = withoutWaiting(Durability.WRITE, NOBODY)) {
            for (int i = 0; i < 300; i++) {
                assertThat(meter.open(Samples.opening())
                                .settle(Samples.completed(10, 1))
                                .isComplete())
                        .isTrue();
            }
            assertThat(registry.get("jarvis.journal.unshipped.records").gauge().value())
                    .isEqualTo(300);
        }
        try (JournalMeter meter = start(Durability.WRITE, database.jdbi())) {
            assertThat(meter.isAdmitting()).isTrue();
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE billing = 'exact'"))
                .isEqualTo(300);
        Ledger.assertBalanced(database);
    }

    @Test
    void attemptsThatADeadGatewayLeftOpenAreSettledAsInterrupted() throws Exception {
        UUID told = Uuid7.next();
        UUID silent = Uuid7.next();
        try (JournalMeter meter = withoutWaiting(Durability.WRITE, NOBODY)) {
            MeteredAttempt talking =
                    meter.open(Samples.opening(told, Samples.model("model", Optional.of(Samples.PRICE), false)));
            talking.progress(new Delivered(5, 400, 0));
            talking.progress(new Delivered(6, 480, 0));
            meter.open(Samples.opening(silent, Samples.model("model", Optional.of(Samples.PRICE), false)));
        }
        for (int start = 0; start < 2; start++) {
            start(Durability.WRITE, database.jdbi()).close();
        }

        assertThat(database.strings("SELECT concat_ws(' ', outcome, billing, input_tokens, output_tokens, input_low,"
                        + " output_low, output_high, user_cost_nano) FROM llm_usage ORDER BY attempt_id"))
                .containsExactly(
                        "interrupted estimated 250 100 1 4 500 63000", "interrupted estimated 250 0 0 0 500 0");
        Ledger.assertBalanced(database);
    }

    @Test
    void c13_aFullJournalStopsAdmissionUntilPostgresTookSome() throws Exception {
        JournalSettings small = Samples.small(folder, Durability.WRITE, 6);
        int settled;
        try (JournalMeter meter = start(small.withCloseWait(Duration.ZERO), NOBODY)) {
            MeteredAttempt stillOpen = meter.open(Samples.opening());
            settled = fill(meter, 6L * Samples.SMALL_SEGMENT);
            assertThat(meter.isAdmitting()).isFalse();
            assertThat(registry.get("jarvis.journal.admitting").gauge().value()).isZero();
            assertThat(stillOpen.settle(Samples.completed(1, 1)).isComplete()).isTrue();
        }
        try (JournalMeter meter = start(small, database.jdbi())) {
            openWhenAdmitted(meter).settle(Samples.completed(1, 1));
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage WHERE billing = 'exact'"))
                .isEqualTo(settled + 2);
        assertThat(journalFiles()).isLessThanOrEqualTo(6);
        Ledger.assertBalanced(database);
    }

    @Test
    void c13_aStartOnAFullDiskTakesFromWhatWasKeptFree() throws Exception {
        try (JournalMeter meter = withoutWaiting(Durability.WRITE, NOBODY)) {
            meter.open(Samples.opening()).settle(Samples.completed(1, 1));
            meter.open(Samples.opening());
        }
        JournalSettings full = settings(Durability.WRITE).within(1L << 30, Long.MAX_VALUE / 2);
        start(full, database.jdbi()).close();

        assertThat(database.strings("SELECT billing FROM llm_usage ORDER BY attempt_id"))
                .containsExactly("exact", "estimated");
        Ledger.assertBalanced(database);
    }

    /** Settles attempts until the journal has its full size and refuses another. */
    private int fill(JournalMeter meter, long bytes) {
        int settled = 0;
        while (true) {
            boolean grown = registry.get("jarvis.journal.bytes").gauge().value() >= bytes;
            try {
                meter.open(Samples.opening()).settle(Samples.completed(1, 1));
                settled++;
            } catch (Meter.NotAdmittingException noRoom) {
                if (grown) {
                    return settled;
                }
            }
        }
    }

    private static MeteredAttempt openWhenAdmitted(JournalMeter meter) {
        while (true) {
            try {
                return meter.open(Samples.opening());
            } catch (Meter.NotAdmittingException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void startingAgainAndAgainWithoutPostgresDoesNotFillTheJournal() throws Exception {
        JournalSettings small = Samples.small(folder, Durability.WRITE, 6).withCloseWait(Duration.ZERO);
        for (int start = 0; start < 20; start++) {
            try (JournalMeter meter = start(small, NOBODY)) {
                assertThat(meter.isAdmitting()).isTrue();
            }
        }
        assertThat(journalFiles()).isLessThanOrEqualTo(6);
    }

    @Test
    void withPostgresDurabilityNobodyIsAdmittedWhilePostgresIsAway() throws Exception {
        try (JournalMeter meter = withoutWaiting(Durability.POSTGRES, NOBODY)) {
            Await.until("nobody is admitted", () -> !meter.isAdmitting());
            assertThatThrownBy(() -> meter.open(Samples.opening())).isInstanceOf(Meter.NotAdmittingException.class);
        }
    }

    @Test
    void c4_withPostgresDurabilityNobodyIsAdmittedWhilePostgresIsSilent() throws Exception {
        try (JournalMeter meter = start(Durability.POSTGRES, database.jdbi())) {
            await(meter.open(Samples.opening()).settle(Samples.completed(1, 1)));
            Future<Void> held = database.jdbi().inTransaction(other -> {
                other.execute("LOCK TABLE llm_usage");
                Future<Void> settled = meter.open(Samples.opening()).settle(Samples.completed(1, 1));
                Await.until("nobody is admitted", () -> !meter.isAdmitting());
                assertThat(settled.isComplete()).isFalse();
                return settled;
            });

            await(held);
            Await.until("everybody is admitted again", meter::isAdmitting);
        }
        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(2);
    }

    @Test
    void shippedSegmentsAreDeletedExceptWhereAnAttemptIsStillOpen() throws Exception {
        try (JournalMeter meter = start(Samples.small(folder, Durability.POSTGRES, 64), database.jdbi())) {
            MeteredAttempt longRunning = meter.open(Samples.opening());
            Path first = firstJournalFile();
            for (int i = 0; i < 300; i++) {
                openWhenAdmitted(meter).settle(Samples.completed(1, 1));
            }
            await(openWhenAdmitted(meter).settle(Samples.completed(1, 1)));
            assertThat(first).exists();

            await(longRunning.settle(Samples.completed(1, 1)));
            Await.until("the segment is deleted", () -> !Files.exists(first));
        }
        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(302);
    }

    /** Small segments, so that most of what was shipped is deleted from the journal too. */
    @Test
    void c25_aRestoredDatabaseGetsBackWhatTheJournalHasAndSaysHowManyRecordsNeitherHas() throws Exception {
        JournalSettings small = Samples.small(folder, Durability.POSTGRES, 64);
        settle(small, 100);
        UsageDatabase backup = database.copy();
        settle(small, 400);
        settle(small, 7);

        for (int start = 0; start < 2; start++) {
            start(small, backup.jdbi()).close();
        }

        long recorded = backup.number("SELECT count(*) FROM llm_usage");
        assertThat(recorded).isBetween(107L, 506L);
        assertThat(backup.strings("SELECT settled_before || ' ' || lost FROM usage_losses"))
                .containsExactly("100 " + (507 - recorded));
        Ledger.assertBalanced(backup);

        settle(small, 3);
        assertThat(database.number("SELECT count(*) FROM usage_losses"))
                .as("of a database that has all of it")
                .isZero();
        assertThat(database.number("SELECT settled FROM gateway_nodes")).isEqualTo(510);
    }

    private void settle(JournalSettings settings, int attempts) throws Exception {
        try (JournalMeter meter = start(settings, database.jdbi())) {
            for (int i = 0; i < attempts; i++) {
                await(openWhenAdmitted(meter).settle(Samples.completed(1, 1)));
            }
        }
    }

    @Test
    void c22_aRowLiesInTheDayOfItsAttemptWhateverTheClockSays() throws Exception {
        Instant midnight = Instant.parse("2026-03-29T00:00:00Z");
        List<UUID> ids = List.of(at(midnight.minusMillis(1)), at(midnight), at(midnight.plusSeconds(3600)));
        InstantSource fixed = InstantSource.fixed(midnight.minusSeconds(7_200));
        try (JournalMeter meter = JournalMeter.start(settings(Durability.POSTGRES), database.jdbi(), registry, fixed)) {
            for (UUID id : ids) {
                await(meter.open(Samples.opening(id, Samples.model("model", Optional.of(Samples.PRICE), false)))
                        .settle(Samples.completed(1, 1)));
            }
        }

        assertThat(database.strings("SELECT day || ' ' || tableoid::regclass FROM llm_usage ORDER BY attempt_id"))
                .containsExactly(
                        "2026-03-28 llm_usage_20260328",
                        "2026-03-29 llm_usage_20260329",
                        "2026-03-29 llm_usage_20260329");
        assertThat(database.number("SELECT count(DISTINCT hour) FROM llm_usage_hourly"))
                .isEqualTo(3);
        LocalDate today = LocalDate.ofInstant(fixed.instant(), ZoneOffset.UTC);
        assertThat(database.strings("SELECT inhrelid::regclass::text FROM pg_inherits"
                        + " WHERE inhparent = 'llm_usage'::regclass ORDER BY 1"))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 7)
                        .mapToObj(today::plusDays)
                        .map(day -> "llm_usage_" + day.toString().replace("-", ""))
                        .toList());
        Ledger.assertBalanced(database);
    }

    @Test
    void c24_noSettlementFailsWhileTheTablesAreMigrated() throws Exception {
        List<Future<Void>> settled = new ArrayList<>();
        try (JournalMeter meter = start(Durability.POSTGRES, database.jdbi())) {
            await(meter.open(Samples.opening()).settle(Samples.completed(1, 1)));
            CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> MIGRATIONS.forEach(database::execute));
            while (!migration.isDone() || settled.size() < 200) {
                if (meter.isAdmitting()) {
                    settled.add(meter.open(Samples.opening()).settle(Samples.completed(1, 1)));
                }
            }
            migration.join();
            for (Future<Void> each : settled) {
                await(each);
            }
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(settled.size() + 1);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine")).isZero();
        Ledger.assertBalanced(database);
    }

    @Test
    void c18_rowsCannotBeChangedOrDeleted() throws Exception {
        try (JournalMeter meter = start(Durability.POSTGRES, database.jdbi())) {
            await(meter.open(Samples.opening()).settle(Samples.completed(1, 1)));
        }

        assertThatThrownBy(() -> database.execute("UPDATE llm_usage SET cost_nano = 0"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> database.execute("DELETE FROM llm_usage")).hasMessageContaining("append-only");
        Ledger.assertBalanced(database);
    }

    @Test
    void c18_hoursAreTheSumsOfTheirRows() throws Exception {
        try (JournalMeter meter = start(Durability.WRITE, database.jdbi())) {
            for (int i = 0; i < 200; i++) {
                Outcome outcome = Outcome.values()[i % Outcome.values().length];
                Optional<TokenUsage> reported = i % 3 == 0 ? Optional.empty() : Optional.of(TokenUsage.of(i, 2L * i));
                UUID id = at(Instant.parse("2026-05-05T05:00:00Z").plusSeconds(60L * i));
                Optional<Price> price = i % 5 == 0 ? Optional.empty() : Optional.of(Samples.PRICE);
                meter.open(Samples.opening(id, Samples.model("model-" + i % 4, price, false)))
                        .settle(Samples.ended(outcome, reported, new Delivered(i % 2, i % 2 * 10L, 0)));
            }
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(200);
        Ledger.assertBalanced(database);
    }

    private static UUID at(Instant instant) {
        UUID now = Uuid7.next();
        long high = instant.toEpochMilli() << 16 | (now.getMostSignificantBits() & 0xffff);
        return new UUID(high, now.getLeastSignificantBits());
    }

    private JournalSettings settings(Durability durability) {
        return Samples.settings(folder, durability);
    }

    private JournalMeter start(Durability durability, Jdbi jdbi) throws IOException {
        return start(settings(durability), jdbi);
    }

    private JournalMeter start(JournalSettings settings, Jdbi jdbi) throws IOException {
        registry = new SimpleMeterRegistry();
        return JournalMeter.start(settings, jdbi, registry, InstantSource.system());
    }

    /** A meter whose closing is as sudden as a database that is away makes it. */
    private JournalMeter withoutWaiting(Durability durability, Jdbi jdbi) throws IOException {
        return start(settings(durability).withCloseWait(Duration.ZERO), jdbi);
    }

    private static void await(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Path firstJournalFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long journalFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal")).count();
        }
    }
}
