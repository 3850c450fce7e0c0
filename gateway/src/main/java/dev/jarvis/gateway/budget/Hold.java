package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What one request has set aside in one window.
 *
 * @param lease that it was reserved from; null where the budget is soft
 */
record Hold(Purse purse, @Nullable Lease lease, long amount) {
    UUID leaseId() {
        return lease == null ? BudgetClaim.NO_LEASE : lease.id();
    }

    /** It is over: this is what it really was. */
    void settle(long actual) {
        purse.settle(this, actual);
    }
}
