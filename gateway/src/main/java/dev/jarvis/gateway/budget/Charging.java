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

    /**
     * Charges all of every debit if leases and windows have room for the sum of them, as is so unless something died or a
     * provider took more than was reserved. It comes to what {@link #charge(List)} comes to.
     *
     * @return false: nothing was charged
     */
    boolean chargeInFull(List<Debit> debits) {
        Map<BudgetClaim, Long> wanted = new HashMap<>();
        List<BudgetClaim> claims = List.of();
        long[] sums = {};
        for (Debit debit : debits) {
            if (!debit.claims().equals(claims)) {
                add(claims, sums, wanted);
                claims = debit.claims();
                sums = new long[claims.size()];
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Amounts.sum(sums[i], claims.get(i).chargeFor(debit.spent()));
            }
        }
        add(claims, sums, wanted);
        if (!isCovered(wanted)) {
            return false;
        }
        wanted.forEach((claim, amount) -> {
            ChargedWindow window = windows.get(WindowKey.of(claim));
            ChargedLease lease = leases.get(claim.leaseId());
            if (window != null) {
                window.charge(amount, lease == null ? 0 : amount);
                if (lease != null) {
                    lease.charge(amount);
                }
            }
        });
        return true;
    }

    private static void add(List<BudgetClaim> claims, long[] sums, Map<BudgetClaim, Long> wanted) {
        for (int i = 0; i < sums.length; i++) {
            wanted.merge(claims.get(i), sums[i], Amounts::sum);
        }
    }

    /** Whether every lease holds what is wanted of it, and what has none is of a window that enforces nothing. */
    private boolean isCovered(Map<BudgetClaim, Long> wanted) {
        Map<UUID, Long> ofLeases = new HashMap<>();
        for (Map.Entry<BudgetClaim, Long> entry : wanted.entrySet()) {
            ChargedWindow window = windows.get(WindowKey.of(entry.getKey()));
            if (window == null) {
                continue;
            }
            ChargedLease lease = leases.get(entry.getKey().leaseId());
            if (lease == null && window.room() < Long.MAX_VALUE) {
                return false;
            }
            if (lease != null
                    && ofLeases.merge(entry.getKey().leaseId(), entry.getValue(), Amounts::sum) > lease.held()) {
                return false;
            }
        }
        return true;
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
