package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Reservation;
import dev.jarvis.gateway.limit.Spent;

import java.util.List;
import java.util.OptionalLong;

/** What one request has set aside in its budgets. */
final class BudgetReservation implements Reservation {
    private final List<Claiming.ClaimedPart> parts;
    private final OptionalLong cap;
    private final long[] actual;

    BudgetReservation(List<Claiming.ClaimedPart> parts, OptionalLong cap) {
        this.parts = parts;
        this.cap = cap;
        this.actual = new long[parts.size()];
    }

    @Override
    public OptionalLong outputCap() {
        return cap;
    }

    @Override
    public List<BudgetClaim> claims() {
        return parts.stream().map(Claiming.ClaimedPart::claim).toList();
    }

    @Override
    public void spent(Spent spent) {
        for (int i = 0; i < actual.length; i++) {
            actual[i] = Amounts.sum(actual[i], parts.get(i).claim().chargeFor(spent));
        }
    }

    @Override
    public void end() {
        for (int i = 0; i < actual.length; i++) {
            parts.get(i).hold().settle(actual[i]);
        }
    }
}
