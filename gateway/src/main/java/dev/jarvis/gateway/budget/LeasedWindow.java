package dev.jarvis.gateway.budget;

import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.money.BudgetWindow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A window of a hard budget as this node sees it: a lease, and the requests that wait for it to grow. Whoever finds the
 * lease too small joins the next exchange with the database; there is one at a time, for all who wait.
 */
final class LeasedWindow implements Purse {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedWindow.class);

    /** How long others get to give back what lies idle with them, before somebody is refused. */
    private static final List<Duration> PATIENCE = List.of(Duration.ofMillis(100), Duration.ofMillis(300));

    private static final long REFUSING_NANOS = Duration.ofMillis(250).toNanos();
    private static final long RESTING_NANOS = Duration.ofMillis(500).toNanos();
    private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long FORGOTTEN_NANOS = Duration.ofMinutes(5).toNanos();

    private final UUID budgetId;
    private final BudgetWindow window;
    private final BudgetLedger ledger;
    private final Executor blocking;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingLine waiting = new WaitingLine();
    private Lease lease = new Lease(Uuid7.next());
    private boolean asking;
    private boolean wantsSpare;
    private boolean givesBack;
    private boolean closed;
    private long spare;
    private long typical = 1;
    private long usedAt;
    private long refusedFrom = Long.MAX_VALUE;
    private long refusedAt;
    private long failedAt;
    private boolean failed;

    LeasedWindow(UUID budgetId, BudgetWindow window, BudgetLedger ledger, Executor blocking, LongSupplier nanos) {
        this.budgetId = budgetId;
        this.window = window;
        this.ledger = ledger;
        this.blocking = blocking;
        this.nanos = nanos;
        this.usedAt = nanos.getAsLong();
    }

    UUID budgetId() {
        return budgetId;
    }

    @Override
    public @Nullable Hold tryHold(long amount) {
        boolean start = false;
        lock.lock();
        try {
            long now = nanos.getAsLong();
            if (closed || !waiting.isEmpty() || !lease.reserve(amount, now)) {
                return null;
            }
            usedAt = now;
            typical = Math.max(1, (7 * typical + amount) / 8);
            if (spare > 0 && lease.available() < spare / 2 && !wantsSpare) {
                wantsSpare = true;
                start = mayStart();
            }
            return new Hold(this, lease, amount);
        } finally {
            lock.unlock();
            if (start) {
                blocking.execute(this::converse);
            }
        }
    }

    @Override
    public boolean hold(long amount, Consumer<HoldOutcome> then) {
        HoldOutcome known = null;
        boolean start = false;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            long now = nanos.getAsLong();
            usedAt = now;
            if (waiting.isEmpty() && lease.reserve(amount, now)) {
                known = new HoldOutcome.Held(new Hold(this, lease, amount));
            } else if (amount >= refusedFrom && now - refusedAt < REFUSING_NANOS) {
                known = new HoldOutcome.Refused();
            } else if (failed && now - failedAt < RESTING_NANOS) {
                known = new HoldOutcome.Unavailable();
            } else {
                typical = typical == 1 ? Math.max(1, amount) : Math.max(1, (7 * typical + amount) / 8);
                waiting.add(new Waiting(amount, now, then));
                start = mayStart();
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            blocking.execute(this::converse);
        } else if (known != null) {
            then.accept(known);
        }
        return true;
    }

    @Override
    public void settle(Hold hold, long actual) {
        lock.lock();
        try {
            Lease from = hold.lease();
            if (from != null) {
                from.settle(hold.amount(), actual);
            }
            usedAt = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed() {
        lock.lock();
        try {
            refusedFrom = Long.MAX_VALUE;
        } finally {
            lock.unlock();
        }
        giveBack();
    }

    @Override
    public void giveBack() {
        boolean start = false;
        lock.lock();
        try {
            if (!closed && lease.isLive()) {
                givesBack = true;
                start = mayStart();
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            blocking.execute(this::converse);
        }
    }

    private boolean mayStart() {
        boolean may = !asking;
        asking = true;
        return may;
    }

    /** Talks to the database until nobody waits for it. One thread at a time. */
    private void converse() {
        int round = 0;
        while (true) {
            LeaseAsk ask = next();
            if (ask == null) {
                return;
            }
            long began = nanos.getAsLong();
            LeaseAnswer answer;
            try {
                answer = ledger.exchange(budgetId, window, ask);
            } catch (RuntimeException e) {
                fail(ask, e);
                return;
            }
            boolean patient = round < PATIENCE.size();
            if (!heard(ask, answer, began, patient)) {
                round = 0;
            } else if (!slept(PATIENCE.get(round++))) {
                return;
            }
        }
    }

    /** What to ask next; null when there is nothing, and the conversation is over. */
    private @Nullable LeaseAsk next() {
        List<Runnable> news = new ArrayList<>();
        try {
            lock.lock();
            try {
                long now = nanos.getAsLong();
                waiting.serve(amount -> lease.reserve(amount, now), one -> serve(one, news));
                List<Long> needs = waiting.ask();
                if (!needs.isEmpty() || givesBack) {
                    givesBack = false;
                    wantsSpare = false;
                    return lease.ask(needs, typical, !needs.isEmpty());
                }
                if (wantsSpare && lease.isLive()) {
                    wantsSpare = false;
                    return lease.askAhead(typical);
                }
                wantsSpare = false;
                asking = false;
                return null;
            } finally {
                lock.unlock();
            }
        } finally {
            news.forEach(Runnable::run);
        }
    }

    /** Somebody who gave up meanwhile leaves what was reserved for them. */
    private void serve(Waiting one, List<Runnable> news) {
        if (one.claim()) {
            Hold hold = new Hold(this, lease, one.amount());
            news.add(() -> one.tell(new HoldOutcome.Held(hold)));
        } else {
            lease.settle(one.amount(), 0);
        }
    }

    /** Whether somebody is left who may be served when others have given back what lies idle with them. */
    private boolean heard(LeaseAsk ask, LeaseAnswer answer, long began, boolean patient) {
        List<Runnable> news = new ArrayList<>();
        lock.lock();
        try {
            lease.answered(ask, answer, began);
            failed = false;
            if (answer.state() == LeaseAnswer.State.LIVE) {
                return distribute(answer, patient, news);
            }
            lease = new Lease(Uuid7.next());
            if (answer.state() == LeaseAnswer.State.LOST) {
                LOG.info("A budget lease is over; another one is taken");
                waiting.putBack(waiting.unanswered());
            } else {
                waiting.unanswered().forEach(one -> WaitingLine.tell(one, new HoldOutcome.Gone(), news));
            }
            return false;
        } finally {
            lock.unlock();
            news.forEach(Runnable::run);
        }
    }

    private boolean distribute(LeaseAnswer answer, boolean patient, List<Runnable> news) {
        spare = Math.max(0, lease.available());
        List<Waiting> refused = waiting.answered(answer.granted(), one -> serve(one, news));
        if (refused.isEmpty()) {
            return false;
        }
        if (patient && answer.elsewhere() > 0) {
            waiting.putBack(refused);
            return true;
        }
        refusedFrom = refused.stream().mapToLong(Waiting::amount).min().getAsLong();
        refusedAt = nanos.getAsLong();
        refused.forEach(one -> WaitingLine.tell(one, new HoldOutcome.Refused(), news));
        return false;
    }

    private void fail(LeaseAsk ask, RuntimeException e) {
        LOG.atWarn().addKeyValue("reason", e.toString()).log("A budget cannot be asked in the database");
        List<Runnable> news = new ArrayList<>();
        lock.lock();
        try {
            lease.unanswered(ask);
            failed = true;
            failedAt = nanos.getAsLong();
            waiting.giveUp(news);
            asking = false;
        } finally {
            lock.unlock();
        }
        news.forEach(Runnable::run);
    }

    private boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            List<Runnable> news = new ArrayList<>();
            lock.lock();
            try {
                waiting.giveUp(news);
                asking = false;
            } finally {
                lock.unlock();
            }
            news.forEach(Runnable::run);
            return false;
        }
    }

    /** The lease to be renewed, if there is one. */
    Optional<UUID> leaseToRenew() {
        lock.lock();
        try {
            return lease.isLive() ? Optional.of(lease.id()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** @param began when the renewal was sent */
    void renewed(UUID leaseId, boolean isThere, long began) {
        lock.lock();
        try {
            if (lease.id().equals(leaseId)) {
                lease.renewed(isThere, began);
                if (lease.isLost() && !asking) {
                    lease = new Lease(Uuid7.next());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what lay idle for ten seconds, and closes when nothing of the lease is owed to anybody any more. */
    @Override
    public void tidy(boolean isOver) {
        List<Runnable> news = new ArrayList<>();
        boolean start = false;
        Optional<UUID> done = Optional.empty();
        lock.lock();
        try {
            long now = nanos.getAsLong();
            waiting.giveUp(now, news);
            long idle = now - usedAt;
            if (!asking && !closed && (isOver || idle >= IDLE_NANOS)) {
                boolean quiet = lease.reserved() == 0;
                if (quiet
                        && (!lease.isLive()
                                || lease.isShipped() && lease.available() <= 0
                                || idle >= FORGOTTEN_NANOS)) {
                    closed = true;
                    done = lease.isLive() ? Optional.of(lease.id()) : Optional.empty();
                } else if (lease.isLive() && (lease.available() > 0 || quiet)) {
                    givesBack = true;
                    start = mayStart();
                }
            }
        } finally {
            lock.unlock();
        }
        news.forEach(Runnable::run);
        done.ifPresent(id -> blocking.execute(() -> end(id)));
        if (start) {
            blocking.execute(this::converse);
        }
    }

    private void end(UUID leaseId) {
        try {
            ledger.end(List.of(leaseId));
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("A budget lease was not ended; it will expire");
        }
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
