package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.money.BudgetWindow;

import java.time.Instant;
import java.util.UUID;

/**
 * One window of one budget.
 *
 * @param start in seconds of the epoch, or {@link BudgetClaim#NO_START}
 */
record WindowKey(UUID budgetId, long start) {
    static WindowKey of(UUID budgetId, BudgetWindow window) {
        return new WindowKey(budgetId, startOf(window));
    }

    static WindowKey of(BudgetClaim claim) {
        return new WindowKey(claim.budgetId(), claim.windowStart());
    }

    static long startOf(BudgetWindow window) {
        return window.ends() ? window.startsAt().getEpochSecond() : BudgetClaim.NO_START;
    }

    /** As PostgreSQL reads a timestamptz. */
    String startText() {
        return timestamp(start);
    }

    /** A window's start as PostgreSQL reads a timestamptz. */
    static String timestamp(long start) {
        return start == BudgetClaim.NO_START
                ? "-infinity"
                : Instant.ofEpochSecond(start).toString();
    }
}
