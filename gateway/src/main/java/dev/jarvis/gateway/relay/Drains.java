package dev.jarvis.gateway.relay;

import java.util.concurrent.Semaphore;

/** Places for exchanges that go on without their client. Bounded: hanging up must not be a way to pile up work. */
final class Drains {
    private final Semaphore places;
    private final Measures measures;

    Drains(int most, Measures measures) {
        this.places = new Semaphore(most);
        this.measures = measures;
    }

    boolean tryBegin() {
        boolean free = places.tryAcquire();
        if (free) {
            measures.drainBegan();
        }
        return free;
    }

    void end() {
        places.release();
        measures.drainEnded();
    }
}
