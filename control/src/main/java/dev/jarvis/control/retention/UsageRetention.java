package dev.jarvis.control.retention;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Drops the partitions of usage records that are older than the operator keeps them. Each day is a transaction of its own,
 * with its audit record; nothing is deleted row by row, so it takes milliseconds whatever the day held. It needs the table
 * for itself for that moment: rather than queue behind a long report, with every shipper queued behind it, it gives up
 * after half a second and tries again ten minutes later. Of several servers, one does it.
 */
public final class UsageRetention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageRetention.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('usage_retention'))";

    /** A partition is named by its day, see {@code ensure_usage_partition}. */
    private static final String OLDEST = """
            SELECT min(to_date(right(c.relname, 8), 'YYYYMMDD'))
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'llm_usage'::regclass AND c.relname ~ '^llm_usage_[0-9]{8}$'
            """;

    private static final String COUNT =
            "SELECT coalesce(sum(attempts), 0)::bigint FROM llm_usage_daily_served WHERE day = :day";

    private final Jdbi jdbi;
    private final Audit audit;
    private final int days;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("usage-retention").unstarted(this::run);

    /** What is written to the audit log: how many attempts the rollups count for the day. */
    private record DroppedDay(LocalDate day, long attempts) {}

    /** @param days that records are kept beside today's, at least 32: corrections and bills come within a month */
    public UsageRetention(Jdbi jdbi, Audit audit, int days, Clock clock) {
        if (days < 32) {
            throw new IllegalArgumentException("usage records are kept for at least 32 days");
        }
        this.jdbi = jdbi;
        this.audit = audit;
        this.days = days;
        this.clock = clock;
    }

    /** Begins to look for what is due, now and every ten minutes. */
    public UsageRetention start() {
        thread.start();
        return this;
    }

    /** Drops every day that is due, the oldest first. Returns how many those were. */
    public int dropDue() {
        int dropped = 0;
        while (dropOldest().isPresent()) {
            dropped++;
        }
        return dropped;
    }

    private Optional<DroppedDay> dropOldest() {
        LocalDate keptFrom =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(days);
        return jdbi.inTransaction(handle -> {
            boolean alone = handle.createQuery(ALONE).mapTo(Boolean.class).one();
            return alone
                    ? oldest(handle).filter(day -> day.isBefore(keptFrom)).map(day -> drop(handle, day))
                    : Optional.empty();
        });
    }

    private DroppedDay drop(Handle handle, LocalDate day) {
        handle.execute("SET LOCAL lock_timeout = '500ms'");
        long attempts =
                handle.createQuery(COUNT).bind("day", day).mapTo(Long.class).one();
        handle.createQuery("SELECT drop_usage_partition(:day)::text")
                .bind("day", day)
                .mapTo(String.class)
                .list();
        DroppedDay dropped = new DroppedDay(day, attempts);
        audit.record(
                handle, Origin.ofServer(), "usage.drop_day", new Target("usage_day", day.toString()), dropped, null);
        LOG.info("The usage records of {} are dropped; its rollups stay", Map.of("day", day, "attempts", attempts));
        return dropped;
    }

    private static Optional<LocalDate> oldest(Handle handle) {
        return handle.createQuery(OLDEST).mapTo(LocalDate.class).findOne();
    }

    private void run() {
        try {
            do {
                try {
                    dropDue();
                } catch (RuntimeException e) {
                    LOG.warn("Old usage records are dropped later: the table is in use, or the database is away", e);
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
