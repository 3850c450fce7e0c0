package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetWindow;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** The truth about budgets. Every call may block, and throws where the database cannot be asked. */
interface BudgetLedger {
    /** One exchange of a node with a window, see {@code lease_budget}. */
    LeaseAnswer exchange(UUID budgetId, BudgetWindow window, LeaseAsk ask);

    /** Says that this node still holds leases. Answers those that stand. */
    Set<UUID> renew(Collection<UUID> leases);

    /** Ends leases of this node that nothing is reserved from. */
    void end(Collection<UUID> leases);

    /** Ends what an earlier life of this node left: leases not renewed since a moment of the database's clock. */
    void endEarlier(Instant before);

    /** Ends leases of any node that were not renewed for too long. */
    void expire();

    /** What is spent of a window that is not leased. */
    Spending spending(UUID budgetId, BudgetWindow window);

    /** The database's clock. */
    Instant now();

    /** @param limit what the window has in all */
    record Spending(long spent, long limit) {}
}
