package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.Spent;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** An attempt whose OPEN is in the journal. */
final class JournaledAttempt implements MeteredAttempt {
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JournalMeter meter;
    private final OpenedAttempt opened;
    private final byte[] openingSection;
    private final UsageJournal.Claim claim;
    private final long openedAt = System.nanoTime();
    private long notedAt = openedAt - PROGRESS_NANOS;
    private @Nullable Future<Void> settled;
    private Spent spent = Spent.NOTHING;

    JournaledAttempt(JournalMeter meter, OpenedAttempt opened, byte[] openingSection, UsageJournal.Claim claim) {
        this.meter = meter;
        this.opened = opened;
        this.openingSection = openingSection;
        this.claim = claim;
    }

    @Override
    public UUID id() {
        return opened.attemptId();
    }

    @Override
    public void progress(Delivered delivered) {
        long now = System.nanoTime();
        if (settled == null && now - notedAt >= PROGRESS_NANOS) {
            notedAt = now;
            meter.note(Frame.progress(id(), new Progress(delivered, millisSinceOpened(now))));
        }
    }

    @Override
    public Future<Void> settle(Settlement settlement) {
        Future<Void> done = settled;
        if (done == null) {
            UsageRecord record = UsageRecord.of(opened, settlement, millisSinceOpened(System.nanoTime()));
            done = meter.settle(Frame.settled(openingSection, record), claim);
            settled = done;
            spent = record.charge().spent();
        }
        return done;
    }

    @Override
    public Spent spent() {
        return spent;
    }

    private int millisSinceOpened(long now) {
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(now - openedAt));
    }
}
