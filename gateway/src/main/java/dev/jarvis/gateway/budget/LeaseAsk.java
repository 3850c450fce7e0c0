package dev.jarvis.gateway.budget;

import java.util.List;
import java.util.UUID;

/**
 * What a node asks of a window, see {@code lease_budget} in {@code migrations/008_budgets.sql}.
 *
 * @param committed what of the lease is spent or reserved; the rest is given back with the question
 * @param needs further reservations, in the order in which they are to be served
 * @param typical a usual reservation
 * @param wantsSpare whether a slice beyond them is wanted
 * @param aside what the node keeps from its own reservations until the answer is there
 */
record LeaseAsk(UUID leaseId, long committed, List<Long> needs, long typical, boolean wantsSpare, long aside) {
    LeaseAsk {
        needs = List.copyOf(needs);
    }
}
