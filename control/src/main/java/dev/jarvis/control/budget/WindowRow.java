package dev.jarvis.control.budget;

import java.time.Instant;

/**
 * What there is of a window; without a row, nothing was spent in it yet.
 *
 * @param extra top-ups
 * @param spent by records that were shipped
 * @param leased to nodes, beyond what they have charged
 */
record WindowRow(Instant startsAt, long extra, long spent, long leased) {
    static WindowRow unused(Instant startsAt) {
        return new WindowRow(startsAt, 0, 0, 0);
    }
}
