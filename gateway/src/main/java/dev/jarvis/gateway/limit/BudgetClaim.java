package dev.jarvis.gateway.limit;

import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.Price;

import java.math.BigInteger;
import java.util.UUID;

/**
 * What an attempt is charged to: a node's lease on one window of one budget.
 *
 * @param windowStart in seconds of the epoch; {@link #NO_START} for a budget without windows
 * @param leaseId {@link #NO_LEASE} where the budget is soft
 * @param rateNano nano-units of the budget's currency for one unit of the price's; 10⁹ where they are the same, and for
 *     budgets in tokens
 */
public record BudgetClaim(UUID budgetId, long windowStart, UUID leaseId, BudgetUnit unit, long rateNano) {
    public static final long NO_START = Long.MIN_VALUE;

    /** Of a soft budget, which is spent without leases. */
    public static final UUID NO_LEASE = new UUID(0, 0);

    /** One to one. */
    public static final long SAME = 1_000_000_000L;

    /** No charge is higher; below any amount that the sum of a few could leave the range of a long with. */
    private static final BigInteger HIGHEST = BigInteger.valueOf(Price.HIGHEST_CEILING_NANO);

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
                .min(HIGHEST)
                .longValueExact();
    }
}
