package dev.jarvis.gateway.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Places for exchanges that go on without their client. Bounded: hanging up must not be a way to pile up work. */
final class Drains {
    private final HangUpPolicy policy;
    private final Duration patience;
    private final Semaphore places;
    private final Measures measures;

    /** @param patience with one answer whose client is gone */
    Drains(HangUpPolicy policy, Duration patience, int most, Measures measures) {
        this.policy = policy;
        this.patience = patience;
        this.places = new Semaphore(most);
        this.measures = measures;
    }

    /** A place, if answers are read to their end without their clients and one is free. */
    Optional<Drain> tryBegin() {
        if (policy != HangUpPolicy.DRAIN || !places.tryAcquire()) {
            return Optional.empty();
        }
        measures.drainBegan();
        return Optional.of(new Drain());
    }

    /** One exchange whose answer is read to its end, where the usage stands. */
    final class Drain {
        private final long since = System.nanoTime();

        private Drain() {}

        boolean takesTooLong(long now) {
            return now - since >= patience.toNanos();
        }

        void end() {
            places.release();
            measures.drainEnded();
        }
    }
}
