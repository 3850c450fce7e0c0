package dev.jarvis.control.usage;

import dev.jarvis.control.chore.Chore;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Adds the hours that are over to the daily and weekly rollups, once for all of an hour's records instead of for each batch.
 * Reports are the same before and after; they are slower the longer it has not run. Any number of servers may do it: one
 * folds, the others find it done. It keeps shippers waiting for the moment that an hour takes; rather than queue behind a long
 * correction, with every shipper queued behind it, it gives up after half a second and tries again later.
 */
public final class UsageFolding {
    /** Most records of an hour are shipped so long after it; for those that are not, the trigger adds them by itself. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final Duration STEP = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Clock clock;

    public UsageFolding(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Begins to fold what is due. */
    public Chore start() {
        return Chore.start(
                "usage-folding",
                this::foldDue,
                "Usage is added to the daily rollups later: its table is in use, or the database is away");
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
}
