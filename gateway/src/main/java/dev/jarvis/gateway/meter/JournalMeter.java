package dev.jarvis.gateway.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The meter that keeps attempts in a journal on this node's disk and ships them to PostgreSQL. Assembles the journal's
 * parts: what was left by an earlier process is settled and shipped like anything else.
 */
public final class JournalMeter implements Meter, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalMeter.class);

    private final JournalSettings settings;
    private final JournalDirectory directory;
    private final UsageJournal journal;
    private final JournalMetrics metrics;
    private final GroupSync sync;
    private final Shipper shipper;
    private final Releases synced = new Releases();
    private final Releases shipped = new Releases();
    private final Future<Void> recovered;
    private final JournalThread preparing;
    private final JournalThread syncing;
    private final JournalThread shipping;

    private JournalMeter(
            JournalSettings settings,
            JournalDirectory directory,
            Jdbi jdbi,
            MeterRegistry registry,
            InstantSource clock)
            throws IOException {
        this.settings = settings;
        this.directory = directory;
        List<Segment> existing = new ArrayList<>(directory.existing());
        Recovery recovery = Recovery.read(existing);
        for (Segment empty : recovery.empty()) {
            existing.remove(empty);
            directory.delete(empty);
        }
        List<Frame> interrupted = recovery.interrupted();
        journal = new UsageJournal(settings, existing, recovery.settledEver());
        SegmentPreparation preparation = new SegmentPreparation(journal, directory, settings.segmentBytes());
        preparation.prepareFor(4L * Frame.MAX_LENGTH + lengthOf(interrupted));
        sync = new GroupSync(journal, directory, synced);
        interrupted.forEach(journal::settleInterrupted);
        metrics = new JournalMetrics(registry, clock);
        metrics.settled(recovery.settled() + interrupted.size());
        UsageTable table = new UsageTable(jdbi, directory.node(), settings.nodeName());
        UsageDelivery delivery = new UsageDelivery(table, new UsagePartitions(table, clock), metrics);
        UsageLosses losses = new UsageLosses(jdbi, directory.node(), recovery.kept());
        shipper = new Shipper(journal, delivery, losses, this::shippedUpTo, metrics);
        preparing = JournalThread.start("journal-prepare", preparation::prepareWanted);
        journal.onSegmentWanted(preparing::wake);
        syncing = JournalThread.start("journal-sync", sync::sync);
        recovered = shipped.await(journal.position());
        shipping = JournalThread.start("journal-ship", shipper::ship);
        metrics.watch(registry, journal, this::isAdmitting);
    }

    /**
     * Takes the journal's directory, settles what an earlier process left open, and begins to ship. PostgreSQL need not
     * be there yet. Blocking.
     *
     * @throws IOException if another process has the directory, a segment is of a newer version, or the disk is full
     */
    public static JournalMeter start(JournalSettings settings, Jdbi jdbi, MeterRegistry registry, InstantSource clock)
            throws IOException {
        JournalDirectory directory = JournalDirectory.lock(settings.directory(), settings.minFreeBytes());
        try {
            return new JournalMeter(settings, directory, jdbi, registry, clock);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** This node's id, {@code llm_usage.node_id}. */
    public UUID node() {
        return directory.node();
    }

    @Override
    public MeteredAttempt open(AttemptOpening opening) {
        requireHealthy();
        OpenedAttempt opened = OpenedAttempt.of(opening);
        byte[] section = OpeningFormat.encode(opened);
        UsageJournal.Claim claim = journal.open(Frame.open(opened, section), Frame.settledAtMost(section));
        return new JournaledAttempt(this, opened, section, claim);
    }

    @Override
    public boolean isAdmitting() {
        return !sync.hasFailed() && !isPostgresMissed() && journal.hasRoom();
    }

    /**
     * Stops admitting, waits for PostgreSQL to take what is settled, for as long as the settings say, and syncs the rest:
     * the next start ships it. Attempts that are still open can be settled even now; they are recovered like the rest.
     */
    @Override
    public void close() throws IOException {
        journal.stopAdmitting();
        awaitShipped();
        shipping.close();
        preparing.close();
        syncing.close();
        sync.sync();
        directory.close();
    }

    @Override
    public Future<Void> recovered() {
        return recovered;
    }

    void note(Frame progress) {
        journal.note(progress);
    }

    Future<Void> settle(Frame settled, UsageJournal.Claim claim) {
        long position = journal.settle(settled, claim);
        metrics.settled(1);
        return switch (settings.durability()) {
            case WRITE -> Future.succeededFuture();
            case FSYNC -> {
                Future<Void> safe = synced.await(position);
                syncing.wake();
                yield safe;
            }
            case POSTGRES -> {
                Future<Void> safe = shipped.await(position);
                shipping.wake();
                yield safe;
            }
        };
    }

    private void requireHealthy() {
        if (sync.hasFailed()) {
            throw new NotAdmittingException("the usage journal's disk does not keep what is written");
        }
        if (isPostgresMissed()) {
            throw new NotAdmittingException("usage must be committed in PostgreSQL, which cannot be reached");
        }
    }

    /** Only where each answer waits for its commit; otherwise serving goes on and the journal grows. */
    private boolean isPostgresMissed() {
        return settings.durability() == Durability.POSTGRES && shipper.isFailing();
    }

    /** What PostgreSQL has need not wait for this disk any more. */
    private void shippedUpTo(long position) {
        shipped.safeUpTo(position);
        synced.safeUpTo(position);
    }

    private void awaitShipped() {
        if (metrics.unshipped() == 0) {
            return;
        }
        shipping.wake();
        try {
            shipped.await(journal.position())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.closeWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("{} usage records are left in the journal; the next start ships them", metrics.unshipped());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long lengthOf(List<Frame> frames) {
        return frames.stream().mapToLong(Frame::length).sum();
    }
}
