package dev.jarvis.control.retention;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.chore.Chore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.LocalDate;

/** Drops the usage records of {@link OldDays}; what rollups and reports say of those days stays. */
public final class UsageRetention {
    private static final Logger LOG = LoggerFactory.getLogger(UsageRetention.class);
    private static final OldDays.Kind KIND = new OldDays.Kind("llm_usage", "usage.drop_day", "usage_day");

    private static final String COUNT =
            "SELECT coalesce(sum(attempts), 0)::bigint FROM llm_usage_daily_served WHERE day = :day";

    /** How many attempts the rollups count for the day. */
    private record DroppedDay(LocalDate day, long attempts) {}

    private final OldDays old;

    /** @param days that records are kept beside today's, at least 32: corrections and bills come within a month */
    public UsageRetention(Jdbi jdbi, Audit audit, int days, Clock clock) {
        if (days < 32) {
            throw new IllegalArgumentException("usage records are kept for at least 32 days");
        }
        this.old = new OldDays(jdbi, audit, KIND, days, clock, UsageRetention::drop);
    }

    /** Begins to look for what is due. */
    public Chore start() {
        return Chore.start(
                "usage-retention",
                this::dropDue,
                "Old usage records are dropped later: the table is in use, or the database is away");
    }

    /** Drops every day that is due, the oldest first. Returns how many those were. */
    public int dropDue() {
        return old.drop();
    }

    private static DroppedDay drop(Handle handle, LocalDate day) {
        long attempts =
                handle.createQuery(COUNT).bind("day", day).mapTo(Long.class).one();
        handle.createQuery("SELECT drop_usage_partition(:day)::text")
                .bind("day", day)
                .mapTo(String.class)
                .list();
        LOG.atInfo()
                .addKeyValue("day", day)
                .addKeyValue("attempts", attempts)
                .log("The usage records of a day are dropped; its rollups stay");
        return new DroppedDay(day, attempts);
    }
}
