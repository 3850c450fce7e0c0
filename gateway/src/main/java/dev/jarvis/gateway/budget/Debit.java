package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Spent;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What one record takes from the budgets that its attempt claimed. */
public record Debit(UUID attemptId, List<BudgetClaim> claims, Spent spent) {
    public Debit {
        claims = List.copyOf(claims);
    }

    /** All of it, whatever the budgets have room for. */
    public Charged inFull() {
        List<BudgetCharge> charges = new ArrayList<>(claims.size());
        for (BudgetClaim claim : claims) {
            charges.add(
                    new BudgetCharge(claim.budgetId(), claim.windowStart(), claim.leaseId(), claim.chargeFor(spent)));
        }
        return new Charged(attemptId, spent.userCostNano(), charges, false);
    }
}
