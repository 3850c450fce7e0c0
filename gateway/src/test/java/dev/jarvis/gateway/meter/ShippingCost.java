package dev.jarvis.gateway.meter;

import com.sun.management.ThreadMXBean;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.BudgetUnit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it costs to ship a record, in the shipper's thread and in PostgreSQL. A measurement and no test, so no build runs it:
 * {@code ./mvnw -Pquick -pl gateway -am test -Dtest=ShippingCost -Dsurefire.failIfNoSpecifiedTests=false}
 */
class ShippingCost {
    /** A journal in which nothing is found asks no database whether something is missing. */
    private static final Jdbi NOBODY = Jdbi.create("jdbc:postgresql://127.0.0.1:1/nobody");

    private static final Logger LOG = LoggerFactory.getLogger(ShippingCost.class);
    private static final int RECORDS = 20_000;
    private static final int ROUNDS = 6;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path home;

    private long backend;
    private long shipped;

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void perRecord(int budgets) throws Exception {
        UsageDatabase database = UsageDatabase.create();
        List<BudgetClaim> claims = IntStream.rangeClosed(1, budgets)
                .mapToObj(number -> claim(database, number))
                .toList();
        try (Connection connection = database.source().getConnection()) {
            backend = connection.unwrap(PGConnection.class).getBackendPID();
            UsageTable table = new UsageTable(Jdbi.create(connection), UUID.randomUUID(), "node");
            for (int round = 1; round <= ROUNDS; round++) {
                measure(table, claims, round);
            }
        }
        assertThat(database.number("SELECT count(*) FROM llm_usage")).isEqualTo((long) RECORDS * ROUNDS);
        Ledger.assertBalanced(database);
    }

    private void measure(UsageTable table, List<BudgetClaim> claims, int round) throws Exception {
        Path folder = Files.createDirectory(home.resolve("round" + round));
        try (JournalDirectory directory = JournalDirectory.lock(folder, 0)) {
            JournalSettings settings =
                    new JournalSettings(folder, "node", Durability.WRITE, 16 << 20, 1L << 30, 0, Duration.ofSeconds(1));
            UsageJournal journal = new UsageJournal(settings, List.of(), 0);
            new SegmentPreparation(journal, directory, 16 << 20).prepareFor(RECORDS * 2000L);
            for (int i = 0; i < RECORDS; i++) {
                settle(journal, claims, i);
            }
            JournalMetrics metrics = new JournalMetrics(new SimpleMeterRegistry(), InstantSource.system());
            UsageDelivery delivery =
                    new UsageDelivery(table, new UsagePartitions(table, InstantSource.system()), metrics);
            delivery.lookAhead();
            UsageLosses losses = new UsageLosses(NOBODY, directory.node(), List.of());
            Shipper shipper = new Shipper(journal, delivery, losses, position -> shipped = position, metrics);

            long cpu = THREADS.getCurrentThreadCpuTime();
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long database = databaseTicks();
            while (shipped < journal.position()) {
                shipper.ship();
                assertThat(shipper.isFailing()).isFalse();
            }
            String found = "%d budgets: shipper %.2f µs, %.1f KB allocated; PostgreSQL %.1f µs"
                    .formatted(
                            claims.size(),
                            (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / RECORDS,
                            (THREADS.getCurrentThreadAllocatedBytes() - allocated) / 1024.0 / RECORDS,
                            (databaseTicks() - database) * 10_000.0 / RECORDS);
            LOG.warn(found);
            shipped = 0;
        }
    }

    private static void settle(UsageJournal journal, List<BudgetClaim> claims, int number) {
        OpenedAttempt opened = OpenedAttempt.of(Samples.opening(Uuid7.next(), claims));
        byte[] section = OpeningFormat.encode(opened);
        UsageJournal.Claim claim = journal.open(Frame.open(opened, section), Frame.settledAtMost(section));
        UsageRecord record = UsageRecord.of(opened, Samples.completed(100 + number % 100, 20), 20);
        journal.settle(Frame.settled(section, record), claim);
    }

    private static BudgetClaim claim(UsageDatabase database, int number) {
        UUID budget = new UUID(number, 0);
        database.execute("""
                INSERT INTO budgets (id, scope, subject_id, enforcement, unit, amount, period)
                VALUES ('%s', 'user', '%s', 'hard', 'USD', 1000000000000000, 'total')
                """.formatted(budget, budget));
        UUID lease = UUID.randomUUID();
        database.strings("""
                SELECT granted::text FROM lease_budget('%s', '%s', '-infinity', 'infinity', '%s', 0, '{100000000000000}', 1, false)
                """.formatted(lease, budget, UUID.randomUUID()));
        return new BudgetClaim(budget, BudgetClaim.NO_START, lease, BudgetUnit.USD, BudgetClaim.SAME);
    }

    /** CPU time of PostgreSQL's processes, in hundredths of a second. */
    private long databaseTicks() throws Exception {
        long ticks = 0;
        for (ProcessHandle process : ProcessHandle.of(backend)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .children()
                .toList()) {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            if (Files.exists(stat)) {
                String line = Files.readString(stat);
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            }
        }
        return ticks;
    }
}
