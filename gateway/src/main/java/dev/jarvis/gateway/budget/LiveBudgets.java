package dev.jarvis.gateway.budget;

import dev.jarvis.platform.notice.Notices;
import dev.jarvis.platform.notice.Reloader;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The budgets as they are now. A notice has them loaded again, and what lies idle of the changed one given back, so that a
 * lowered limit holds everywhere at once. While the database is away the last ones stay in use.
 */
final class LiveBudgets implements AutoCloseable {
    private final Supplier<BudgetSnapshot> loader;
    private final Supplier<Instant> clock;
    private final Purses purses;
    private final Upkeep upkeep;
    private final Reloader reloader;
    private volatile @Nullable BudgetSnapshot now;

    LiveBudgets(
            Supplier<BudgetSnapshot> loader, Supplier<Instant> clock, Purses purses, Upkeep upkeep, Notices notices) {
        this.loader = loader;
        this.clock = clock;
        this.purses = purses;
        this.upkeep = upkeep;
        this.reloader = new Reloader("budgets", this::load);
        notices.subscribe("budgets", subject -> {
            purses.changed(budget(subject));
            reloader.reload();
        });
        notices.subscribe("exchange_rates", subject -> reloader.reload());
        notices.subscribe("budget_leases", subject -> purses.giveBack(budget(subject)));
        reloader.start();
    }

    Optional<BudgetSnapshot> now() {
        return Optional.ofNullable(now);
    }

    boolean isLoaded() {
        return now != null;
    }

    private static Optional<UUID> budget(String subject) {
        try {
            return Optional.of(UUID.fromString(subject));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // all of them may have changed
        }
    }

    private void load() {
        boolean first = now == null;
        Instant at = clock.get();
        BudgetSnapshot loaded = loader.get();
        now = loaded;
        if (first) {
            upkeep.start(at);
        }
        purses.giveBackExcept(loaded.ids());
    }

    @Override
    public void close() {
        reloader.close();
    }
}
