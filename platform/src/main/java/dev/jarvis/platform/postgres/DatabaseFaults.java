package dev.jarvis.platform.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Set;

/** Which failures say that the database is away, and not that something was wrong with what it was asked. */
public final class DatabaseFaults {
    /**
     * Connection, resources, operator intervention (<a
     * href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, appendix A</a>).
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57");

    private DatabaseFaults() {}

    /** Whether the same is worth another try later: by SQLSTATE, or because the pool's own time-out passed. */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return CLASSES.contains(sql.getSQLState().substring(0, 2).toUpperCase(Locale.ROOT));
            }
        }
        return false;
    }
}
