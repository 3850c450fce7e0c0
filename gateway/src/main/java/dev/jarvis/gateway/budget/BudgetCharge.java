package dev.jarvis.gateway.budget;

import java.util.UUID;

/**
 * One line of {@code llm_usage.budget_charges}.
 *
 * @param windowStart as in {@link dev.jarvis.gateway.limit.BudgetClaim}
 * @param amount in the budget's unit
 */
public record BudgetCharge(UUID budgetId, long windowStart, UUID leaseId, long amount) {
    /** The start of the window as PostgreSQL reads a timestamptz. */
    public String windowText() {
        return WindowKey.timestamp(windowStart);
    }
}
