package dev.jarvis.gateway.limit;

import dev.jarvis.platform.money.BudgetUnit;

import java.math.BigInteger;
import java.util.UUID;

/**
 * What an attempt is charged to: a node's lease on one window of one budget.
 *
 * @param windowStart in seconds of the epoch; {@link #NO_START} for a budget without windows
 * @param rateNano nano-units of the budget's currency for one unit of the price's; 10⁹ where they are the same, and for
 *     budgets in tokens
 */
public record BudgetClaim(UUID budgetId, long windowStart, UUID leaseId, BudgetUnit unit, long rateNano) {
    public static final long NO_START = Long.MIN_VALUE;

    /** One to one. */
    public static final long SAME = 1_000_000_000L;

    /** The charge in the budget's unit, rounded half up. */
    public long chargeFor(Spent spent) {
        if (!unit.isMoney()) {
            return spent.userTokens();
        }
        if (rateNano == SAME) {
            return spent.userCostNano();
        }
        return BigInteger.valueOf(spent.userCostNano())
                .multiply(BigInteger.valueOf(rateNano))
                .add(BigInteger.valueOf(SAME / 2))
                .divide(BigInteger.valueOf(SAME))
                .longValueExact();
    }
}
