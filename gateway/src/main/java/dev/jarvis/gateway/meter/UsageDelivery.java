package dev.jarvis.gateway.meter;

import dev.jarvis.platform.id.Uuid7;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * Brings batches of settled records into the tables. A batch that the database refuses for its data is halved until the
 * refused record stands alone; that one goes to quarantine as it came, all others into their table.
 */
final class UsageDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(UsageDelivery.class);

    private final UsageTable table;
    private final UsagePartitions partitions;
    private final JournalMetrics metrics;

    UsageDelivery(UsageTable table, UsagePartitions partitions, JournalMetrics metrics) {
        this.table = table;
        this.partitions = partitions;
        this.metrics = metrics;
    }

    void lookAhead() {
        partitions.lookAhead();
    }

    /**
     * Stores a batch; repeating it is harmless, whatever of it was stored before.
     *
     * @throws RuntimeException if the database cannot take anything now
     */
    void deliver(List<JournaledUsage> records, UsageTable.Checkpoint checkpoint) {
        if (records.isEmpty()) {
            table.advance(checkpoint);
            return;
        }
        ensurePartitions(records);
        try {
            table.store(records, checkpoint);
        } catch (RuntimeException e) {
            if (!SqlFault.of(e).isOfTheData()) {
                throw e;
            }
            // A missing partition is refused like a fault of the data.
            partitions.forget();
            ensurePartitions(records);
            halve(records, e);
            table.advance(checkpoint);
        }
    }

    /** Keeps what cannot even be read. */
    void quarantine(Frame frame, String reason) {
        table.quarantine(frame.attemptId(), frame.bytes(), reason);
        metrics.quarantined();
        LOG.error("Usage record of attempt {} was put into quarantine: {}", frame.attemptId(), reason);
    }

    private void halve(List<JournaledUsage> records, RuntimeException fault) {
        if (records.size() == 1) {
            storeAlone(records.getFirst());
            return;
        }
        int middle = records.size() / 2;
        for (List<JournaledUsage> half : List.of(records.subList(0, middle), records.subList(middle, records.size()))) {
            try {
                table.store(half);
            } catch (RuntimeException e) {
                if (!SqlFault.of(e).isOfTheData()) {
                    e.addSuppressed(fault);
                    throw e;
                }
                halve(half, e);
            }
        }
    }

    private void storeAlone(JournaledUsage record) {
        try {
            table.store(List.of(record));
        } catch (RuntimeException e) {
            SqlFault fault = SqlFault.of(e);
            if (!fault.isOfTheData()) {
                throw e;
            }
            quarantine(new Frame(record.raw()), fault.reason());
        }
    }

    private void ensurePartitions(List<JournaledUsage> records) {
        TreeSet<LocalDate> days = new TreeSet<>();
        records.forEach(record -> days.add(Uuid7.day(record.attemptId())));
        partitions.ensure(days);
    }
}
