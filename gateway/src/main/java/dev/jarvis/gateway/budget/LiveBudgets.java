package dev.jarvis.gateway.budget;

import dev.jarvis.platform.notice.Notices;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The budgets as they are now. A notice has them loaded again, and what lies idle of the changed one given back, so that a
 * lowered limit holds everywhere at once. While the database is away the last ones stay in use.
 */
final class LiveBudgets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveBudgets.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<BudgetSnapshot> loader;
    private final Supplier<Instant> clock;
    private final Purses purses;
    private final Upkeep upkeep;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;
    private volatile @Nullable BudgetSnapshot now;

    LiveBudgets(
            Supplier<BudgetSnapshot> loader, Supplier<Instant> clock, Purses purses, Upkeep upkeep, Notices notices) {
        this.loader = loader;
        this.clock = clock;
        this.purses = purses;
        this.upkeep = upkeep;
        notices.subscribe("budgets", subject -> {
            purses.changed(budget(subject));
            reload();
        });
        notices.subscribe("exchange_rates", subject -> reload());
        notices.subscribe("budget_leases", subject -> purses.giveBack(budget(subject)));
        this.thread = Thread.ofVirtual().name("budget-loading").start(this::keepFresh);
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

    private void reload() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void keepFresh() {
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                if (!load()) {
                    Thread.sleep(PAUSE);
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean load() {
        try {
            boolean first = now == null;
            Instant at = clock.get();
            BudgetSnapshot loaded = loader.get();
            now = loaded;
            if (first) {
                upkeep.start(at);
            }
            purses.giveBackExcept(loaded.ids());
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("Budgets could not be loaded; the last ones stay");
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
