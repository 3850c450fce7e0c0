package dev.jarvis.control.retention;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The days of a table that are older than the operator keeps them, each a partition. Each is dropped in a transaction of its
 * own, with its audit record; nothing is deleted row by row, so it takes milliseconds whatever the day held. It needs the table
 * for itself for that moment: rather than queue behind a long report, with every writer queued behind it, it gives up
 * after half a second. Of several servers, one does it.
 */
final class OldDays {
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext(:table || '_retention'))";

    /** A partition is named by its day, see {@code ensure_usage_partition} and {@code ensure_body_partition}. */
    private static final String OLDEST = """
            SELECT min(to_date(right(c.relname, 8), 'YYYYMMDD'))
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = CAST(:table AS regclass) AND c.relname ~ ('^' || :table || '_[0-9]{8}$')
            """;

    /** What the audit log calls dropping a day of it. */
    record Kind(String table, String action, String target) {}

    /** Drops one day, and says what the audit log is to hold of it. */
    @FunctionalInterface
    interface Drop {
        Object of(Handle handle, LocalDate day);
    }

    private final Jdbi jdbi;
    private final Audit audit;
    private final Kind kind;
    private final int kept;
    private final Clock clock;
    private final Drop drop;

    /** @param kept days beside today's */
    OldDays(Jdbi jdbi, Audit audit, Kind kind, int kept, Clock clock, Drop drop) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.kind = kind;
        this.kept = kept;
        this.clock = clock;
        this.drop = drop;
    }

    /** Drops every day that is due, the oldest first. Returns how many those were. */
    int drop() {
        int dropped = 0;
        while (dropOldest()) {
            dropped++;
        }
        return dropped;
    }

    private boolean dropOldest() {
        LocalDate keptFrom =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(kept);
        return jdbi.inTransaction(handle -> {
            if (!isAlone(handle)) {
                return false;
            }
            Optional<LocalDate> due = oldest(handle).filter(day -> day.isBefore(keptFrom));
            due.ifPresent(day -> drop(handle, day));
            return due.isPresent();
        });
    }

    private void drop(Handle handle, LocalDate day) {
        handle.execute("SET LOCAL lock_timeout = '500ms'");
        Object dropped = drop.of(handle, day);
        audit.record(
                handle, Origin.ofServer(), kind.action(), new Target(kind.target(), day.toString()), dropped, null);
    }

    private boolean isAlone(Handle handle) {
        return handle.createQuery(ALONE)
                .bind("table", kind.table())
                .mapTo(Boolean.class)
                .one();
    }

    private Optional<LocalDate> oldest(Handle handle) {
        return handle.createQuery(OLDEST)
                .bind("table", kind.table())
                .mapTo(LocalDate.class)
                .findOne();
    }
}
