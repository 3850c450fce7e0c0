package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetWindow;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The windows that this node spends from now. Thread-safe. */
final class Purses {
    private final BudgetLedger ledger;
    private final Executor blocking;
    private final LongSupplier nanos;
    private final ConcurrentMap<WindowKey, Entry> entries = new ConcurrentHashMap<>();

    record Entry(BudgetWindow window, boolean isHard, Purse purse) {}

    /** @param blocking runs what waits for the database */
    Purses(BudgetLedger ledger, Executor blocking, LongSupplier nanos) {
        this.ledger = ledger;
        this.blocking = blocking;
        this.nanos = nanos;
    }

    /** The purse of a window, open when it was looked up. */
    Purse of(Budget budget, BudgetWindow window) {
        WindowKey key = WindowKey.of(budget.id(), window);
        Entry entry = entries.get(key);
        if (entry != null && entry.isHard() == budget.isHard() && !entry.purse().isClosed()) {
            return entry.purse();
        }
        return entries.compute(
                        key,
                        (same, known) -> known != null
                                        && known.isHard() == budget.isHard()
                                        && !known.purse().isClosed()
                                ? known
                                : new Entry(window, budget.isHard(), open(budget, window)))
                .purse();
    }

    private Purse open(Budget budget, BudgetWindow window) {
        return budget.isHard()
                ? new LeasedWindow(budget.id(), window, ledger, blocking, nanos)
                : new SoftWindow(budget.id(), window, ledger, blocking, nanos);
    }

    Map<WindowKey, Entry> all() {
        return Map.copyOf(entries);
    }

    void forgetClosed() {
        entries.values().removeIf(entry -> entry.purse().isClosed());
    }

    /** What lies idle of a budget, or of all of them, goes back now. */
    void giveBack(Optional<UUID> budgetId) {
        each(budgetId, Purse::giveBack);
    }

    /** A budget, or any of them, was changed. */
    void changed(Optional<UUID> budgetId) {
        each(budgetId, Purse::changed);
    }

    private void each(Optional<UUID> budgetId, Consumer<Purse> action) {
        entries.forEach((key, entry) -> {
            if (budgetId.isEmpty() || budgetId.get().equals(key.budgetId())) {
                action.accept(entry.purse());
            }
        });
    }

    /** What lies idle of budgets that are no more. */
    void giveBackExcept(Set<UUID> budgets) {
        entries.forEach((key, entry) -> {
            if (!budgets.contains(key.budgetId())) {
                entry.purse().giveBack();
            }
        });
    }

    int size() {
        return entries.size();
    }
}
