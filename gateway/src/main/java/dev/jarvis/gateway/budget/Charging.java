package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Spent;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rule by which records are charged: from the lease they were reserved in; what the lease does not cover (it is over,
 * or the provider took more than was reserved) from what its window has left; and what a hard budget has no room for, not
 * at all. So what users were charged never passes a hard budget, whatever died or was late. Pure arithmetic.
 */
final class Charging {
    private final Map<WindowKey, ChargedWindow> windows;
    private final Map<UUID, ChargedLease> leases;

    /**
     * @param windows those that are claimed and still exist; a deleted budget's charges go nowhere
     * @param leases those that are claimed and live
     */
    Charging(Map<WindowKey, ChargedWindow> windows, Map<UUID, ChargedLease> leases) {
        this.windows = windows;
        this.leases = leases;
    }

    /** In the order of the records; each sees what those before it have left. */
    List<Charged> charge(List<Debit> debits) {
        List<Charged> charged = new ArrayList<>(debits.size());
        debits.forEach(debit -> charged.add(charge(debit)));
        return charged;
    }

    private Charged charge(Debit debit) {
        Spent full = debit.spent();
        Spent allowed = new Spent(allowedCost(debit), full.userTokens());
        boolean reduced = allowed.userCostNano() < full.userCostNano();
        List<BudgetCharge> charges = new ArrayList<>(debit.claims().size());
        for (BudgetClaim claim : debit.claims()) {
            ChargedWindow window = windows.get(WindowKey.of(claim));
            if (window == null) {
                continue;
            }
            long wanted = claim.chargeFor(full);
            ChargedLease lease = leases.get(claim.leaseId());
            long covered = lease == null ? 0 : Math.min(wanted, lease.held());
            long amount = Math.min(claim.chargeFor(allowed), Amounts.sum(covered, window.room()));
            reduced |= amount < claim.chargeFor(allowed);
            window.charge(amount, covered);
            if (lease != null) {
                lease.charge(wanted);
            }
            charges.add(new BudgetCharge(claim.budgetId(), claim.windowStart(), claim.leaseId(), amount));
        }
        return new Charged(debit.attemptId(), allowed.userCostNano(), charges, reduced);
    }

    /** What every money budget has room for, in the currency of the price. */
    private long allowedCost(Debit debit) {
        long cost = debit.spent().userCostNano();
        Map<UUID, Long> used = new HashMap<>();
        for (BudgetClaim claim : debit.claims()) {
            ChargedWindow window = windows.get(WindowKey.of(claim));
            if (window == null || !claim.unit().isMoney()) {
                continue;
            }
            ChargedLease lease = leases.get(claim.leaseId());
            long wanted = claim.chargeFor(debit.spent());
            long covered = lease == null
                    ? 0
                    : Math.min(wanted, Math.max(0, lease.held() - used.getOrDefault(claim.leaseId(), 0L)));
            used.merge(claim.leaseId(), covered, Long::sum);
            long most = Amounts.sum(covered, window.room());
            if (most < wanted) {
                cost = Math.min(cost, costOf(most, claim));
            }
        }
        return cost;
    }

    /** The highest cost whose charge is no more than an amount. */
    private static long costOf(long amount, BudgetClaim claim) {
        if (claim.rateNano() == BudgetClaim.SAME) {
            return amount;
        }
        BigInteger cost = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(BudgetClaim.SAME))
                .divide(BigInteger.valueOf(claim.rateNano()));
        return cost.bitLength() < Long.SIZE ? cost.longValue() : Long.MAX_VALUE;
    }
}
