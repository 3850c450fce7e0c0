package dev.jarvis.gateway.budget;

import java.time.Instant;

/**
 * The database's clock between two looks at it, by this process's monotonic one. Which window a request falls into is so
 * decided alike on every node, however wrong their wall clocks are.
 */
final class LedgerClock {
    private volatile Reading last = new Reading(Instant.EPOCH, 0);

    private record Reading(Instant at, long nanos) {}

    /**
     * @param at what the database said
     * @param began when it was asked, in nanoseconds of this process
     * @param ended when its answer was there
     */
    void read(Instant at, long began, long ended) {
        last = new Reading(at, began + (ended - began) / 2);
    }

    /** @param nanos of this process */
    Instant at(long nanos) {
        Reading reading = last;
        return reading.at().plusNanos(nanos - reading.nanos());
    }
}
