package dev.jarvis.gateway.meter;

import java.sql.SQLException;

/**
 * Tells a fault of the data, which no repetition mends, from one of the database, which it does. Everything that is not
 * surely the data's is the database's: a missing table or right must stop shipping, not send every record to quarantine.
 */
record SqlFault(String state, String reason) {
    private static final int MAX_REASON = 500;

    static SqlFault of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return new SqlFault(
                        sql.getSQLState(), sql.getSQLState() + " " + firstLine(String.valueOf(sql.getMessage())));
            }
        }
        return new SqlFault("", String.valueOf(thrown.getMessage()));
    }

    /** Data exception, cardinality, integrity constraint, and values beyond the server's limits. */
    boolean isOfTheData() {
        return state.startsWith("22") || state.startsWith("21") || state.startsWith("23") || state.startsWith("54");
    }

    /** A row with the same key is there. */
    boolean isDuplicate() {
        return state.equals("23505");
    }

    /** Someone else holds the table. */
    boolean isLockTimeout() {
        return state.equals("55P03");
    }

    /** The detail below it repeats the row. */
    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return RecordText.clean(line, MAX_REASON);
    }
}
