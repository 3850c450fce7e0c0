package dev.jarvis.gateway.meter;

import dev.jarvis.platform.id.Uuid7;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

/** What the database may do to a batch. */
class UsageDeliveryIT {
    private static final UsageTable.Checkpoint CHECKPOINT = new UsageTable.Checkpoint(3, 77, 0);

    private UsageDatabase database;

    @BeforeEach
    void makeDatabase() {
        database = UsageDatabase.create();
    }

    @Test
    void c3_theSameSettlementTenTimesFromTwoNodesAtOnceIsOneRow() throws Exception {
        List<JournaledUsage> records = records(50);
        CyclicBarrier together = new CyclicBarrier(2);
        try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                List<JournaledUsage> shuffled = new ArrayList<>(records);
                Collections.shuffle(shuffled, new Random(node));
                UsageDelivery delivery = delivery(database.jdbi());
                running.add(nodes.submit(() -> {
                    for (int time = 0; time < 10; time++) {
                        together.await(30, TimeUnit.SECONDS);
                        until(() -> delivery.deliver(shuffled, CHECKPOINT));
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(50);
        assertThat(database.number("SELECT sum(attempts)::bigint FROM llm_usage_hourly"))
                .isEqualTo(50);
        Ledger.assertBalanced(database);
    }

    @Test
    void ofABatchThatIsPartlyStoredTheRestIsAdded() {
        List<JournaledUsage> records = records(9);
        delivery(database.jdbi()).deliver(List.of(records.get(2), records.get(5)), CHECKPOINT);

        delivery(database.jdbi()).deliver(records, new UsageTable.Checkpoint(4, 88, 0));

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(9);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine")).isZero();
        assertThat(database.number("SELECT max(position) FROM gateway_nodes")).isEqualTo(88);
        Ledger.assertBalanced(database);
    }

    @Test
    void aRowRefusedByAnotherUniqueIndexGoesToQuarantineAlone() {
        database.execute("CREATE UNIQUE INDEX ON llm_usage (day, request_bytes, duration_ms)");
        List<JournaledUsage> records = records(3);

        delivery(database.jdbi()).deliver(records, CHECKPOINT);

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine WHERE reason LIKE '23505%'"))
                .isEqualTo(2);
    }

    @Test
    void c6_aThousandCommitsThatFailBeforeOrAfterTheyAreDoneCountEachRecordOnce() throws Exception {
        try (Connection connection = database.source().getConnection()) {
            FailingCommits commits = new FailingCommits(connection, 1_000, new Random(42));
            UsageDelivery delivery = delivery(Jdbi.create(commits::connection));
            for (int batch = 0; batch < 40; batch++) {
                List<JournaledUsage> records = records(5);
                until(() -> delivery.deliver(records, CHECKPOINT));
            }
            while (commits.left() > 0) {
                List<JournaledUsage> records = records(1);
                until(() -> delivery.deliver(records, CHECKPOINT));
            }
            assertThat(commits.lostAcknowledgements()).isGreaterThan(300);
        }

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(delivered);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine")).isZero();
        Ledger.assertBalanced(database);
    }

    @Test
    void c7_poisonRecordsAreKeptInQuarantineAndAllOthersStored() {
        List<JournaledUsage> records = records(1_000);
        JournaledUsage nul = poison("nul\u0000inside");
        JournaledUsage unsafe = Samples.journaled(Uuid7.next(), 1, 1);
        records.add(333, nul);
        records.add(777, unsafe);
        database.execute("ALTER TABLE llm_usage ADD CHECK (attempt_id <> '" + unsafe.attemptId() + "')");

        delivery(database.jdbi()).deliver(records, CHECKPOINT);

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(1_000);
        assertThat(quarantined(nul)).isEqualTo(nul.raw());
        assertThat(quarantined(unsafe)).isEqualTo(unsafe.raw());
        assertThat(database.strings("SELECT left(reason, 5) FROM llm_usage_quarantine ORDER BY reason"))
                .containsExactly("22021", "23514");
        assertThat(database.number("SELECT position FROM gateway_nodes")).isEqualTo(77);
        Ledger.assertBalanced(database);
    }

    @Test
    void c7_sumsThatOverflowAnHourAreKeptInQuarantine() {
        delivery(database.jdbi()).deliver(records(1), CHECKPOINT);
        database.execute("UPDATE llm_usage_hourly SET input_tokens = " + Long.MAX_VALUE);
        List<JournaledUsage> overflowing =
                List.of(Samples.journaled(Uuid7.next(), 1, 1), Samples.journaled(Uuid7.next(), 1, 1));

        delivery(database.jdbi()).deliver(overflowing, CHECKPOINT);

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(1);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine WHERE reason LIKE '22003%'"))
                .isEqualTo(2);
    }

    @Test
    void c7_namesThatPostgresWouldRefuseAreMadeFitBeforeTheyAreJournaled() {
        String hostile = "m\u0000".repeat(40_000);
        AttemptOpening opening =
                Samples.opening(Uuid7.next(), Samples.model(hostile, Optional.of(Samples.PRICE), false));

        delivery(database.jdbi()).deliver(List.of(Samples.journaled(OpenedAttempt.of(opening), 1, 1)), CHECKPOINT);

        assertThat(database.number("SELECT octet_length(model) FROM llm_usage")).isBetween(500L, 512L);
    }

    @Test
    void aDroppedPartitionIsMadeAgainAndNothingGoesToQuarantine() {
        UsageDelivery delivery = delivery(database.jdbi());
        delivery.deliver(records(2), CHECKPOINT);
        database.execute(
                "DROP TABLE llm_usage_" + Uuid7.day(Uuid7.next()).toString().replace("-", ""));

        delivery.deliver(records(3), CHECKPOINT);

        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(3);
        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine")).isZero();
    }

    @Test
    void aLongReportOnTheTableDoesNotHoldUpShipping() throws Exception {
        UsageDelivery delivery = delivery(database.jdbi());
        delivery.deliver(records(1), CHECKPOINT);
        try (Connection report = database.source().getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().execute("SELECT count(*) FROM llm_usage");

            delivery.lookAhead();
            delivery.deliver(records(2), CHECKPOINT);

            report.rollback();
        }
        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo(3);
    }

    @Test
    void aMissingTableStopsShippingInsteadOfFillingTheQuarantine() {
        database.execute("ALTER TABLE llm_usage_hourly RENAME TO elsewhere");

        assertThatThrownBy(() -> delivery(database.jdbi()).deliver(records(3), CHECKPOINT))
                .hasMessageContaining("llm_usage_hourly");

        assertThat(database.number("SELECT count(*) FROM llm_usage_quarantine")).isZero();
        database.execute("ALTER TABLE elsewhere RENAME TO llm_usage_hourly");
    }

    private int delivered;

    private List<JournaledUsage> records(int count) {
        List<JournaledUsage> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(Samples.journaled(Uuid7.next(), i, 2L * i));
        }
        delivered += count;
        return records;
    }

    private static JournaledUsage poison(String model) {
        OpenedAttempt clean = Samples.opened();
        OpenedAttempt poisoned = new OpenedAttempt(
                clean.attemptId(),
                clean.requestId(),
                1,
                clean.userId(),
                clean.teamId(),
                clean.callerKeyId(),
                model,
                clean.deploymentId(),
                clean.provider(),
                clean.providerKeyId(),
                clean.keyHint(),
                clean.upstreamModel(),
                clean.operation(),
                true,
                clean.serviceTier(),
                clean.requestBytes(),
                clean.inputHigh(),
                clean.outputCap(),
                clean.price(),
                clean.claims());
        return Samples.journaled(poisoned, 1, 1);
    }

    private byte[] quarantined(JournaledUsage record) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT record FROM llm_usage_quarantine WHERE attempt_id = ?")
                        .bind(0, record.attemptId())
                        .mapTo(byte[].class)
                        .one());
    }

    private UsageDelivery delivery(Jdbi jdbi) {
        UsageTable table = new UsageTable(jdbi, UUID.randomUUID(), "node");
        return new UsageDelivery(
                table,
                new UsagePartitions(table, InstantSource.system()),
                new JournalMetrics(new SimpleMeterRegistry(), InstantSource.system()));
    }

    /** As the shipper does: again until it is taken. */
    private static void until(Runnable delivery) {
        while (true) {
            try {
                delivery.run();
                return;
            } catch (RuntimeException e) {
                assertThat(SqlFault.of(e).isOfTheData())
                        .as(SqlFault.of(e).reason())
                        .isFalse();
            }
        }
    }
}
