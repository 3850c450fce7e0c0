package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.limit.Spent;
import dev.jarvis.gateway.meter.AttemptOpening;
import dev.jarvis.gateway.meter.Delivered;
import dev.jarvis.gateway.meter.Meter;
import dev.jarvis.gateway.meter.MeteredAttempt;
import dev.jarvis.gateway.meter.Settlement;
import dev.jarvis.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A meter in memory that remembers every record, and can hold settlements back until the test lets them go. */
final class RecordedMeter implements Meter {
    record Entry(AttemptOpening opening, Settlement settlement) {}

    private final List<AttemptOpening> opened = new CopyOnWriteArrayList<>();
    private final List<Entry> settled = new CopyOnWriteArrayList<>();
    volatile boolean admitting = true;
    private volatile @Nullable Promise<Void> held;

    @Override
    public MeteredAttempt open(AttemptOpening opening) {
        if (!admitting) {
            throw new NotAdmittingException("full");
        }
        opened.add(opening);
        return new MeteredAttempt() {
            private @Nullable Future<Void> first;
            private long tokens;

            @Override
            public UUID id() {
                return opening.attemptId();
            }

            @Override
            public void progress(Delivered delivered) {}

            @Override
            public Future<Void> settle(Settlement settlement) {
                if (first == null) {
                    settled.add(new Entry(opening, settlement));
                    tokens = settlement.reported().map(TokenUsage::total).orElse(0L);
                    Promise<Void> release = held;
                    first = release == null ? Future.succeededFuture() : release.future();
                } else {
                    throw new IllegalStateException("settled twice");
                }
                return first;
            }

            @Override
            public Spent spent() {
                return new Spent(0, tokens);
            }
        };
    }

    @Override
    public boolean isAdmitting() {
        return admitting;
    }

    void holdSettlements() {
        held = Promise.promise();
    }

    void releaseSettlements() {
        Promise<Void> release = held;
        held = null;
        if (release != null) {
            release.complete();
        }
    }

    List<AttemptOpening> opened() {
        return opened;
    }

    /** The settled attempts; waits until there are so many, and fails if one was never settled. */
    List<Entry> awaitSettled(int count) {
        return Await.value(count + " settled attempts", () -> List.copyOf(settled), seen -> seen.size() >= count);
    }

    Entry only() {
        List<Entry> seen = awaitSettled(1);
        if (seen.size() != 1 || opened.size() != 1) {
            throw new AssertionError("expected one attempt, saw " + seen);
        }
        return seen.getFirst();
    }

    List<Entry> settled() {
        return List.copyOf(settled);
    }
}
