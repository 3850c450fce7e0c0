package dev.jarvis.gateway.budget;

import dev.jarvis.platform.money.BudgetWindow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A window of a soft budget as this node sees it: what was spent when the database was last asked, and what this node
 * settled since. Requests are admitted until that reaches the limit, so it is passed by what is running then, plus what
 * other nodes settle within a second. Nothing is set aside, and the database being away stops nobody.
 */
final class SoftWindow implements Purse {
    private static final Logger LOG = LoggerFactory.getLogger(SoftWindow.class);
    private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

    private final UUID budgetId;
    private final BudgetWindow window;
    private final BudgetLedger ledger;
    private final Executor blocking;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<HoldOutcome>> waiting = new ArrayList<>();
    private boolean known;
    private boolean reading;
    private boolean closed;
    private long spent;
    private long limit;
    private long settledSince;
    private long running;
    private long usedAt;

    SoftWindow(UUID budgetId, BudgetWindow window, BudgetLedger ledger, Executor blocking, LongSupplier nanos) {
        this.budgetId = budgetId;
        this.window = window;
        this.ledger = ledger;
        this.blocking = blocking;
        this.nanos = nanos;
        this.usedAt = nanos.getAsLong();
    }

    @Override
    public @Nullable Hold tryHold(long amount) {
        lock.lock();
        try {
            if (closed || !known || !hasRoom()) {
                return null;
            }
            return held();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        return Amounts.sum(spent, settledSince) < limit;
    }

    private Hold held() {
        usedAt = nanos.getAsLong();
        running++;
        return new Hold(this, null, 0);
    }

    @Override
    public boolean hold(long amount, Consumer<HoldOutcome> then) {
        HoldOutcome outcome = null;
        boolean start = false;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (known) {
                outcome = outcome();
            } else {
                waiting.add(then);
                start = !reading;
                reading = true;
            }
        } finally {
            lock.unlock();
        }
        if (outcome != null) {
            then.accept(outcome);
        } else if (start) {
            blocking.execute(this::read);
        }
        return true;
    }

    private HoldOutcome outcome() {
        return hasRoom() ? new HoldOutcome.Held(held()) : new HoldOutcome.Refused();
    }

    /** Asks the database what is spent; who waits is served, with or without its answer. */
    private void read() {
        lock.lock();
        long before = settledSince;
        lock.unlock();
        BudgetLedger.Spending spending = null;
        try {
            spending = ledger.spending(budgetId, window);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("What is spent of a soft budget cannot be read");
        }
        List<Runnable> news = new ArrayList<>();
        lock.lock();
        try {
            if (spending != null) {
                known = true;
                spent = spending.spent();
                limit = spending.limit();
                settledSince -= before;
            }
            reading = false;
            for (Consumer<HoldOutcome> one : waiting) {
                HoldOutcome outcome = known ? outcome() : new HoldOutcome.Held(held());
                news.add(() -> one.accept(outcome));
            }
            waiting.clear();
        } finally {
            lock.unlock();
        }
        news.forEach(Runnable::run);
    }

    @Override
    public void settle(Hold hold, long actual) {
        lock.lock();
        try {
            running--;
            settledSince = Amounts.sum(settledSince, actual);
            usedAt = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is set aside here. */
    @Override
    public void giveBack() {}

    /** The limit may be another one now. */
    @Override
    public void changed() {
        blocking.execute(this::refresh);
    }

    @Override
    public void tidy(boolean isOver) {
        lock.lock();
        try {
            if (running == 0 && waiting.isEmpty() && (isOver || nanos.getAsLong() - usedAt >= FORGOTTEN_NANOS)) {
                closed = true;
                return;
            }
        } finally {
            lock.unlock();
        }
        changed();
    }

    private void refresh() {
        lock.lock();
        try {
            if (reading || closed) {
                return;
            }
            reading = true;
        } finally {
            lock.unlock();
        }
        read();
    }

    @Override
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
