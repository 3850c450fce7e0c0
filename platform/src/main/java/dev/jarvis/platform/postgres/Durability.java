package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;
import org.jdbi.v3.core.Handle;

import java.util.List;

/**
 * Refuses a database that may forget what it has confirmed. Usage records leave the journal once PostgreSQL has committed
 * them, so a server that lies about commits would lose them.
 */
public final class Durability {
    private Durability() {}

    /** @throws CannotStartException if fsync, full_page_writes or synchronous_commit is off */
    public static void check(Database database) {
        List<String> unsafe = database.jdbi().withHandle(Durability::unsafeSettings);
        if (!unsafe.isEmpty()) {
            throw new CannotStartException("The database may forget committed records: " + String.join(", ", unsafe)
                    + ". Switch them on in postgresql.conf. For a database whose records may be lost, set"
                    + " JARVIS_UNSAFE_DATABASE=true.");
        }
    }

    private static List<String> unsafeSettings(Handle handle) {
        return handle.createQuery("""
                        SELECT name || ' = off' FROM pg_settings
                        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'
                        ORDER BY name
                        """).mapTo(String.class).list();
    }
}
