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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Drops the bodies of old days, a partition and its key at a time, as {@link UsageRetention} drops records. */
public final class BodyRetention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BodyRetention.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('body_retention'))";

    /** A partition is named by its day, see {@code ensure_body_partition}. */
    private static final String OLDEST = """
            SELECT min(to_date(right(c.relname, 8), 'YYYYMMDD'))
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'llm_call_bodies'::regclass AND c.relname ~ '^llm_call_bodies_[0-9]{8}$'
            """;

    private final Jdbi jdbi;
    private final Audit audit;
    private final int days;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("body-retention").unstarted(this::run);

    private record DroppedDay(LocalDate day) {}

    /** @param days that bodies are kept beside today's */
    public BodyRetention(Jdbi jdbi, Audit audit, int days, Clock clock) {
        if (days < 1) {
            throw new IllegalArgumentException("bodies are kept for at least a day");
        }
        this.jdbi = jdbi;
        this.audit = audit;
        this.days = days;
        this.clock = clock;
    }

    /** Begins to look for what is due, now and every ten minutes. */
    public BodyRetention start() {
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
        handle.execute("SELECT drop_body_partition(?)", day);
        DroppedDay dropped = new DroppedDay(day);
        audit.record(
                handle, Origin.ofServer(), "bodies.drop_day", new Target("body_day", day.toString()), dropped, null);
        LOG.atInfo().addKeyValue("day", day).log("The kept bodies of a day are dropped");
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
                    LOG.warn("Old bodies are dropped later: the table is in use, or the database is away", e);
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
