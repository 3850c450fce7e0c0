package dev.jarvis.engine.run;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.List;
import java.util.UUID;

/** The SQL of {@code run_events}. */
final class EventTable {
    private static final String INSERT =
            "INSERT INTO run_events (run_id, number, type, data) VALUES (:run, :number, :type, :data)";

    private static final String AFTER = """
            SELECT number, type, data FROM run_events WHERE run_id = :run AND number > :after ORDER BY number LIMIT 500
            """;

    private static final String LAST = "SELECT coalesce(max(number), 0) FROM run_events WHERE run_id = :run";

    private static final int MOST_FORGOTTEN = 500;

    /** Watchers come back within a day, or read the conversation. Runs are marked, so that each is looked at once and no more. */
    private static final String FORGET = """
            WITH over AS (
                SELECT id FROM runs WHERE ended_at < now() - interval '1 day' AND NOT pieces_forgotten
                 ORDER BY ended_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED),
            forgotten AS (
                DELETE FROM run_events e USING over
                 WHERE e.run_id = over.id AND e.type IN ('text.delta', 'reasoning.delta'))
            UPDATE runs r SET pieces_forgotten = true FROM over WHERE r.id = over.id
            """;

    private EventTable() {}

    static void insert(Handle handle, UUID run, List<Event> events) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (Event event : events) {
            batch.bind("run", run)
                    .bind("number", event.number())
                    .bind("type", event.type())
                    .bind("data", event.data())
                    .add();
        }
        batch.execute();
    }

    static List<Event> after(Handle handle, UUID run, int number) {
        return handle.createQuery(AFTER)
                .bind("run", run)
                .bind("after", number)
                .map((row, context) -> new Event(row.getInt("number"), row.getString("type"), row.getString("data")))
                .list();
    }

    static int last(Handle handle, UUID run) {
        return handle.createQuery(LAST).bind("run", run).mapTo(Integer.class).one();
    }

    /** So many runs in a transaction, until there are no more. */
    static void forgetOld(Jdbi jdbi) {
        int forgotten;
        do {
            forgotten = jdbi.withHandle(handle ->
                    handle.createUpdate(FORGET).bind("most", MOST_FORGOTTEN).execute());
        } while (forgotten == MOST_FORGOTTEN);
    }
}
