package dev.jarvis.engine.run;

import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL of {@code run_steps}. An engine writes it while it holds the run: see {@link Lease}. */
final class StepTable {
    private static final String COLUMNS = """
            run_id, number, kind, status, name, call_id, input, output, error_code, error_message, child_run_id, request_id,
            input_tokens, output_tokens, cost_nano, currency, started_at, ended_at
            """;

    private static final String LIST = "SELECT " + COLUMNS + "FROM run_steps WHERE run_id = :run ORDER BY number";

    /** Of a root run and all below it, each run's in order. */
    private static final String OF_TREE = """
            SELECT s.* FROM run_steps s JOIN runs r ON r.id = s.run_id WHERE r.root_run_id = :root
             ORDER BY s.run_id, s.number
            """;

    private static final String INSERT = """
            INSERT INTO run_steps (run_id, number, kind, status, name, call_id, input, child_run_id)
            VALUES (:run, :number, :kind, :status, :name, :call, CAST(:input AS json), CAST(:child AS uuid))
            """;

    private static final String STATUS =
            "UPDATE run_steps SET status = :status WHERE run_id = :run AND number = :number";

    private static final String FINISH = """
            UPDATE run_steps
               SET status = :status, output = CAST(:output AS json), error_code = :code, error_message = :message,
                   request_id = coalesce(:request, request_id), input_tokens = :input, output_tokens = :outputTokens,
                   ended_at = clock_timestamp()
             WHERE run_id = :run AND number = :number
            """;

    private static final String REQUEST =
            "UPDATE run_steps SET request_id = :request WHERE run_id = :run AND number = :number";

    private static final String COST =
            "UPDATE run_steps SET cost_nano = :nano, currency = :currency WHERE run_id = :run AND number = :number";

    private static final String DECIDE = """
            UPDATE run_steps SET status = :status WHERE run_id = :run AND call_id = :call AND status = 'waiting'
            """;

    private static final String SPENT = """
            SELECT count(*) FILTER (WHERE s.kind <> 'tool') AS steps,
                   coalesce(sum(s.input_tokens + s.output_tokens), 0) AS tokens
              FROM run_steps s JOIN runs r ON r.id = s.run_id WHERE r.root_run_id = :root
            """;

    private static final String COSTS = """
            SELECT s.currency, sum(s.cost_nano) AS nano
              FROM run_steps s JOIN runs r ON r.id = s.run_id
             WHERE r.root_run_id = :root AND s.cost_nano IS NOT NULL GROUP BY s.currency
            """;

    /** Those that failed are given up soon: many of them have no record, and would stand before those that have. */
    private static final String UNCOSTED = "SELECT " + COLUMNS + """
            FROM run_steps
             WHERE request_id IS NOT NULL AND cost_nano IS NULL AND started_at < now() - interval '5 seconds'
               AND started_at > now() - CASE status WHEN 'failed' THEN interval '1 hour' ELSE interval '1 day' END
             ORDER BY started_at LIMIT 200
            """;

    private static final RowMapper<StepRow> ROW = (row, context) -> new StepRow(
            row.getObject("run_id", UUID.class),
            row.getInt("number"),
            row.getString("kind"),
            row.getString("status"),
            row.getString("name"),
            row.getString("call_id"),
            json(row, "input"),
            json(row, "output"),
            row.getString("error_code"),
            row.getString("error_message"),
            row.getObject("child_run_id", UUID.class),
            row.getString("request_id"),
            row.getLong("input_tokens"),
            row.getLong("output_tokens"),
            (Long) row.getObject("cost_nano"),
            row.getString("currency"),
            row.getObject("started_at", OffsetDateTime.class).toInstant(),
            row.getObject("ended_at", OffsetDateTime.class) == null
                    ? null
                    : row.getObject("ended_at", OffsetDateTime.class).toInstant());

    private StepTable() {}

    /** How a step ended. */
    record Finish(
            String status,
            @Nullable ObjectNode output,
            @Nullable String errorCode,
            @Nullable String errorMessage,
            @Nullable String requestId,
            long inputTokens,
            long outputTokens) {
        static Finish ofTool(String status, ObjectNode output, boolean failed) {
            return new Finish(status, output, failed ? "tool_failed" : null, null, null, 0, 0);
        }

        static Finish failed(String status, @Nullable String code, @Nullable String message, @Nullable String request) {
            return new Finish(status, null, code, message, request, 0, 0);
        }
    }

    /** What a root run and those below it have used. */
    record Spent(int steps, long tokens) {}

    static List<StepRow> list(Handle handle, UUID run) {
        return handle.createQuery(LIST).bind("run", run).map(ROW).list();
    }

    static List<StepRow> ofTree(Handle handle, UUID root) {
        return handle.createQuery(OF_TREE).bind("root", root).map(ROW).list();
    }

    /** A step that begins. */
    static void insert(Handle handle, StepRow step) {
        handle.createUpdate(INSERT)
                .bind("run", step.runId())
                .bind("number", step.number())
                .bind("kind", step.kind())
                .bind("status", step.status())
                .bind("name", step.name())
                .bind("call", step.callId())
                .bind("input", step.input() == null ? null : Json.MAPPER.writeValueAsString(step.input()))
                .bind("child", step.childRunId())
                .execute();
    }

    static void status(Handle handle, UUID run, int number, String status) {
        handle.createUpdate(STATUS)
                .bind("run", run)
                .bind("number", number)
                .bind("status", status)
                .execute();
    }

    static void finish(Handle handle, UUID run, int number, Finish finish) {
        ObjectNode output = finish.output();
        handle.createUpdate(FINISH)
                .bind("run", run)
                .bind("number", number)
                .bind("status", finish.status())
                .bind("output", output == null ? null : Json.MAPPER.writeValueAsString(output))
                .bind("code", finish.errorCode())
                .bind("message", finish.errorMessage())
                .bind("request", finish.requestId())
                .bind("input", finish.inputTokens())
                .bind("outputTokens", finish.outputTokens())
                .execute();
    }

    /** Under which request a step is paid, also if it never ends. */
    static void request(Handle handle, UUID run, int number, String requestId) {
        handle.createUpdate(REQUEST)
                .bind("run", run)
                .bind("number", number)
                .bind("request", requestId)
                .execute();
    }

    static void cost(Handle handle, UUID run, int number, long nano, String currency) {
        handle.createUpdate(COST)
                .bind("run", run)
                .bind("number", number)
                .bind("nano", nano)
                .bind("currency", currency)
                .execute();
    }

    /** @return whether somebody was asked for this */
    static boolean decide(Handle handle, UUID run, String callId, boolean allowed) {
        return handle.createUpdate(DECIDE)
                        .bind("run", run)
                        .bind("call", callId)
                        .bind("status", allowed ? "allowed" : "declined")
                        .execute()
                == 1;
    }

    static Spent spent(Handle handle, UUID root) {
        return handle.createQuery(SPENT)
                .bind("root", root)
                .map((row, context) -> new Spent(row.getInt("steps"), row.getLong("tokens")))
                .one();
    }

    /** By currency. */
    static Map<String, Long> costs(Handle handle, UUID root) {
        return handle.createQuery(COSTS).bind("root", root).reduceRows(new HashMap<String, Long>(), (costs, row) -> {
            costs.put(row.getColumn("currency", String.class), row.getColumn("nano", Long.class));
            return costs;
        });
    }

    /** Steps whose record had not come when they ended. */
    static List<StepRow> uncosted(Handle handle) {
        return handle.createQuery(UNCOSTED).map(ROW).list();
    }

    private static @Nullable ObjectNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : (ObjectNode) Json.MAPPER.readTree(text);
    }
}
