package dev.jarvis.gateway.budget;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What has to be done about budgets though no request asks for it: renewing leases, giving back what lies idle, ending what
 * an earlier life of this node left, and ending leases of nodes that are silent. Every node does the last for all.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final long RENEW_NANOS = Duration.ofSeconds(10).toNanos();

    private final Purses purses;
    private final BudgetLedger ledger;
    private final LedgerClock clock;
    private final LongSupplier nanos;
    private final Thread thread;
    private Optional<Instant> began = Optional.empty();
    private volatile boolean earlierIsShipped;
    private boolean earlierIsEnded;
    private long renewedAt;
    private boolean renewed;

    Upkeep(Purses purses, BudgetLedger ledger, LedgerClock clock, LongSupplier nanos) {
        this.purses = purses;
        this.ledger = ledger;
        this.clock = clock;
        this.nanos = nanos;
        this.thread = Thread.ofVirtual().name("budgets").unstarted(this::run);
    }

    /** @param at the database's time before this node took its first lease */
    void start(Instant at) {
        began = Optional.of(at);
        thread.start();
    }

    /** What an earlier life of this node settled is in the database: nobody will charge its leases any more. */
    void earlierIsShipped() {
        earlierIsShipped = true;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                try {
                    round();
                } catch (RuntimeException e) {
                    LOG.atWarn().addKeyValue("reason", e.toString()).log("Budgets cannot be looked after now");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once a second. */
    void round() {
        long now = nanos.getAsLong();
        Instant at = clock.at(now);
        purses.all()
                .values()
                .forEach(entry -> entry.purse().tidy(!at.isBefore(entry.window().endsAt())));
        purses.forgetClosed();
        if (!renewed || now - renewedAt >= RENEW_NANOS) {
            renewed = true;
            renewedAt = now;
            renewNow();
        }
        if (earlierIsShipped && !earlierIsEnded && began.isPresent()) {
            ledger.endEarlier(began.get());
            earlierIsEnded = true;
        }
    }

    /** Says that this node lives, and ends the leases of those that do not. */
    void renewNow() {
        renew();
        ledger.expire();
    }

    private void renew() {
        Map<UUID, LeasedWindow> leases = new HashMap<>();
        for (Purses.Entry entry : purses.all().values()) {
            if (entry.purse() instanceof LeasedWindow window) {
                window.leaseToRenew().ifPresent(id -> leases.put(id, window));
            }
        }
        ledger.now();
        long began = nanos.getAsLong();
        Set<UUID> there = ledger.renew(leases.keySet());
        leases.forEach((id, window) -> window.renewed(id, there.contains(id), began));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
