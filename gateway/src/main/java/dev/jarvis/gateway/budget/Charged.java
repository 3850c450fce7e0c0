package dev.jarvis.gateway.budget;

import java.util.List;
import java.util.UUID;

/**
 * What a record was charged.
 *
 * @param userCostNano what the user pays, in the currency of the price
 * @param isReduced a hard budget had not room for all of it: the rest is on the operator's account
 */
public record Charged(UUID attemptId, long userCostNano, List<BudgetCharge> charges, boolean isReduced) {
    public Charged {
        charges = List.copyOf(charges);
    }
}
