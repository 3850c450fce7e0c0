package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.limit.Spent;

import java.util.List;
import java.util.OptionalLong;

/** What one request has set aside in its budgets. */
final class BudgetReservation implements Reservation {
    private final List<Hold> holds;
    private final List<BudgetClaim> claims;
    private final OptionalLong cap;
    private final long[] actual;

    /** @param claims of the holds, in their order */
    BudgetReservation(List<Hold> holds, List<BudgetClaim> claims, OptionalLong cap) {
        this.holds = holds;
        this.claims = List.copyOf(claims);
        this.cap = cap;
        this.actual = new long[holds.size()];
    }

    @Override
    public OptionalLong outputCap() {
        return cap;
    }

    @Override
    public List<BudgetClaim> claims() {
        return claims;
    }

    @Override
    public void spent(Spent spent) {
        for (int i = 0; i < actual.length; i++) {
            actual[i] = Amounts.sum(actual[i], claims.get(i).chargeFor(spent));
        }
    }

    @Override
    public void end() {
        for (int i = 0; i < actual.length; i++) {
            holds.get(i).settle(actual[i]);
        }
    }
}
