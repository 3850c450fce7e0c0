package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.budget.Debit;

import java.util.UUID;

/**
 * A settled record with the bytes it was journaled as.
 *
 * @param attemptId of the frame's header: known even when the body cannot be read
 */
record JournaledUsage(UUID attemptId, byte[] raw, UsageRecord usage) {
    /** What it takes from the budgets it claims. */
    Debit debit() {
        return new Debit(attemptId, usage.attempt().claims(), usage.charge().spent());
    }
}
