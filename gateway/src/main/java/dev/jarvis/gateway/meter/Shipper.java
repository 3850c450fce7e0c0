package dev.jarvis.gateway.meter;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Moves settled records from the journal to PostgreSQL, oldest first. It reads the journal itself, never a queue in
 * memory, so what was settled and what is shipped cannot differ; while PostgreSQL is away the journal simply grows.
 *
 * <p>It starts at the oldest segment on the disk, not at the checkpoint in the database: a record that is already there
 * changes nothing, and a database restored from yesterday gets back what the journal still has.
 */
final class Shipper {
    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
    private static final int BATCH = 1000;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    /** A batch usually takes some milliseconds; the connection itself gives up on a silent server after 40 s. */
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(3);

    private final UsageJournal journal;
    private final UsageDelivery delivery;
    private final UsageLosses losses;
    private final LongConsumer shipped;
    private final JournalMetrics metrics;
    private final Recurring before = new Recurring();
    private @Nullable Segment segment;
    private int offset;
    private long settled;
    private Duration backOff = FIRST_BACK_OFF;
    private volatile boolean failing;
    private volatile boolean delivering;
    private volatile long deliveringSince;

    /** What was read in one go, and where the next one starts. */
    private record Batch(
            List<Frame> settled, List<Segment> passed, Segment segment, int offset, long settledEver, boolean full) {
        UsageTable.Checkpoint checkpoint() {
            return new UsageTable.Checkpoint(segment.number(), offset, settledEver);
        }
    }

    /** @param shipped is told the position up to which everything is in PostgreSQL */
    Shipper(
            UsageJournal journal,
            UsageDelivery delivery,
            UsageLosses losses,
            LongConsumer shipped,
            JournalMetrics metrics) {
        this.journal = journal;
        this.delivery = delivery;
        this.losses = losses;
        this.shipped = shipped;
        this.metrics = metrics;
    }

    /** Whether the last batch could not be shipped, or this one takes so long that PostgreSQL must be taken for away. */
    boolean isFailing() {
        return failing || (delivering && System.nanoTime() - deliveringSince > LONGEST_BATCH.toNanos());
    }

    Duration ship() {
        Batch batch = read();
        deliveringSince = System.nanoTime();
        delivering = true;
        try {
            delivery.lookAhead();
            losses.look();
            if (!batch.settled().isEmpty()) {
                metrics.shipping(batch.settled().getFirst().attemptId());
                deliver(batch);
                metrics.shipped(batch.settled().size());
            }
        } catch (RuntimeException e) {
            return backOff(e);
        } finally {
            delivering = false;
        }
        accept(batch);
        return batch.full() ? Duration.ZERO : PAUSE;
    }

    private Batch read() {
        List<Frame> settled = new ArrayList<>();
        List<Segment> passed = new ArrayList<>();
        Segment reading = segment == null ? journal.from(0).getFirst() : segment;
        int at = Math.max(Segment.HEADER, offset);
        long ever = segment == null ? reading.settledBefore() : this.settled;
        while (settled.size() < BATCH) {
            Segment next = journal.after(reading);
            Segment.Found found = reading.next(at);
            if (found != null) {
                at = found.end();
                if (found.frame().kind() == Frame.Kind.SETTLED) {
                    settled.add(found.frame());
                    ever++;
                }
            } else if (next != null) {
                passed.add(reading);
                reading = next;
                at = Segment.HEADER;
                ever = Math.max(ever, next.settledBefore());
            } else {
                break;
            }
        }
        return new Batch(settled, passed, reading, at, ever, settled.size() == BATCH);
    }

    private void deliver(Batch batch) {
        List<JournaledUsage> records = new ArrayList<>(batch.settled().size());
        for (Frame frame : batch.settled()) {
            UsageRecord usage;
            try {
                usage = frame.settled(before);
            } catch (RuntimeException e) {
                delivery.quarantine(frame, "the record cannot be read: " + e);
                continue;
            }
            records.add(new JournaledUsage(frame.attemptId(), frame.bytes(), usage));
        }
        delivery.deliver(records, batch.checkpoint());
    }

    private void accept(Batch batch) {
        segment = batch.segment();
        offset = batch.offset();
        settled = batch.settledEver();
        batch.passed().forEach(done -> done.shipped = true);
        shipped.accept(UsageJournal.position(segment.number(), offset));
        if (failing) {
            LOG.info("Usage records are shipped again");
        }
        failing = false;
        backOff = FIRST_BACK_OFF;
    }

    private Duration backOff(RuntimeException e) {
        metrics.shipFailed();
        if (!failing) {
            LOG.warn(
                    "Usage records cannot be shipped now; they stay in the journal: {}",
                    SqlFault.of(e).reason(),
                    e);
        }
        failing = true;
        Duration pause = backOff;
        Duration doubled = backOff.multipliedBy(2);
        backOff = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
        return pause;
    }
}
