package dev.jarvis.control.retention;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.chore.Chore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.LocalDate;

/** Drops the bodies of {@link OldDays}, and with each day the key that opens them. */
public final class BodyRetention {
    private static final Logger LOG = LoggerFactory.getLogger(BodyRetention.class);
    private static final OldDays.Kind KIND = new OldDays.Kind("llm_call_bodies", "bodies.drop_day", "body_day");

    private record DroppedDay(LocalDate day) {}

    private final OldDays old;

    /** @param days that bodies are kept beside today's */
    public BodyRetention(Jdbi jdbi, Audit audit, int days, Clock clock) {
        if (days < 1) {
            throw new IllegalArgumentException("bodies are kept for at least a day");
        }
        this.old = new OldDays(jdbi, audit, KIND, days, clock, BodyRetention::drop);
    }

    /** Begins to look for what is due. */
    public Chore start() {
        return Chore.start(
                "body-retention",
                this::dropDue,
                "Old bodies are dropped later: the table is in use, or the database is away");
    }

    /** Drops every day that is due, the oldest first. Returns how many those were. */
    public int dropDue() {
        return old.drop();
    }

    private static DroppedDay drop(Handle handle, LocalDate day) {
        handle.execute("SELECT drop_body_partition(?)", day);
        LOG.atInfo().addKeyValue("day", day).log("The kept bodies of a day are dropped");
        return new DroppedDay(day);
    }
}
