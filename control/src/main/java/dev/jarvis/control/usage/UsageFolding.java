package dev.jarvis.control.usage;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Adds the hours that are over to the daily and weekly rollups, once for all of an hour's records instead of for each batch.
 * Reports are the same before and after; they are slower the longer it has not run. Any number of servers may do it: one
 * folds, the others find it done. It keeps shippers waiting for the moment that an hour takes; rather than queue behind a long
 * correction, with every shipper queued behind it, it gives up after half a second and tries again ten minutes later.
 */
public final class UsageFolding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageFolding.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Most records of an hour are shipped so long after it; for those that are not, the trigger adds them by itself. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final Duration STEP = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("usage-folding").unstarted(this::run);

    public UsageFolding(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Begins to fold what is due, now and every ten minutes. */
    public UsageFolding start() {
        thread.start();
        return this;
    }

    /** Folds every hour that is due, each in a transaction of its own. */
    public void foldDue() {
        Instant due = clock.instant().minus(GRACE);
        Instant folded = foldedUntil();
        while (!folded.plus(STEP).isAfter(due)) {
            Instant now = fold(folded.plus(STEP));
            if (!now.isAfter(folded)) {
                return;
            }
            folded = now;
        }
    }

    private Instant foldedUntil() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT folded_until FROM usage_folding")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }

    private Instant fold(Instant until) {
        return jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL lock_timeout = '500ms'");
            return handle.createQuery("SELECT fold_usage(:until)")
                    .bind("until", until.atOffset(ZoneOffset.UTC))
                    .mapTo(OffsetDateTime.class)
                    .one()
                    .toInstant();
        });
    }

    private void run() {
        try {
            do {
                try {
                    foldDue();
                } catch (RuntimeException e) {
                    LOG.warn(
                            "Usage is added to the daily rollups later: its table is in use, or the database is away",
                            e);
                }
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        thread.join(PATIENCE);
    }
}
