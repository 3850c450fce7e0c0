package dev.jarvis.engine.run;

import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code runs}. Engines own a run by a lease on its root, and write of it while they hold it: see {@link Lease}. */
final class RunTable {
    private static final String COLUMNS = """
            id, user_id, conversation_id, message_id, answer_id, parent_run_id, root_run_id, agent_id, agent_version,
            agent_name, model_id, plan, status, end_code, end_message, cancelled, credential, expires_at, deadline_at,
            step_count, created_at, started_at, ended_at
            """;

    private static final String INSERT = """
            INSERT INTO runs (id, user_id, conversation_id, message_id, parent_run_id, root_run_id, agent_id, agent_version,
                              agent_name, model_id, plan, status, credential, key_id, expires_at, lease_owner, lease_until)
            VALUES (:id, :user, :conversation, :message, :parent, :root, :agent, :version,
                    :agentName, :model, CAST(:plan AS json), :status, :credential, :keyId, :expires, :owner,
                    CASE WHEN CAST(:owner AS uuid) IS NULL THEN NULL
                         ELSE clock_timestamp() + :lease * interval '1 millisecond' END)
            """;

    private static final String FIND = "SELECT " + COLUMNS + "FROM runs WHERE id = :id";

    private static final String LOCK = "SELECT " + COLUMNS + "FROM runs WHERE id = :id FOR UPDATE";

    private static final String IS_OVER =
            "SELECT NOT EXISTS (SELECT 1 FROM runs WHERE id = :id AND status IN ('queued', 'running', 'waiting'))";

    private static final String OPEN_OF_CONVERSATION = """
            SELECT EXISTS (SELECT 1 FROM runs WHERE conversation_id = :conversation
                              AND status IN ('queued', 'running', 'waiting'))
            """;

    private static final String CLAIM = """
            UPDATE runs SET lease_owner = :owner, lease_until = clock_timestamp() + :lease * interval '1 millisecond',
                            status = 'running'
             WHERE id IN (SELECT id FROM runs
                           WHERE status IN ('queued', 'running') AND parent_run_id IS NULL AND key_id = :keyId
                             AND id <> ALL(:held)
                             AND (lease_until IS NULL OR lease_until < clock_timestamp())
                           ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING id
            """;

    private static final String RENEW = """
            UPDATE runs SET lease_until = clock_timestamp() + :lease * interval '1 millisecond'
             WHERE lease_owner = :owner AND id = ANY(:ids) RETURNING id
            """;

    private static final String CANCELLED =
            "SELECT id FROM runs WHERE lease_owner = :owner AND cancelled AND status = 'running'";

    private static final String RELEASE = """
            UPDATE runs SET lease_owner = NULL, lease_until = NULL, status = :status,
                            waiting_since = CASE WHEN :status = 'waiting' THEN clock_timestamp() END
             WHERE id = :id AND lease_owner = :owner
            """;

    private static final String BEGIN = """
            UPDATE runs SET status = 'running', started_at = coalesce(started_at, clock_timestamp()),
                            deadline_at = coalesce(deadline_at, clock_timestamp() + :seconds * interval '1 second')
             WHERE id = :id AND status IN ('queued', 'running', 'waiting')
            RETURNING started_at, deadline_at
            """;

    private static final String END = """
            UPDATE runs SET status = :status, end_code = :code, end_message = :message, answer_id = :answer,
                            ended_at = clock_timestamp(), credential = NULL, lease_owner = NULL, lease_until = NULL
             WHERE id = :id AND status IN ('queued', 'running', 'waiting')
            """;

    private static final String FAIL_ALL = """
            UPDATE runs SET status = 'failed', end_code = :code, end_message = :message, ended_at = clock_timestamp(),
                            credential = NULL, lease_owner = NULL, lease_until = NULL
             WHERE root_run_id = :root AND status IN ('queued', 'running', 'waiting')
            """;

    private static final String END_CANCELLED = """
            UPDATE runs SET status = 'cancelled', end_code = 'run_cancelled', end_message = :message,
                            ended_at = clock_timestamp(), credential = NULL, lease_owner = NULL, lease_until = NULL
             WHERE root_run_id = :root AND status IN ('queued', 'running', 'waiting')
            """;

    private static final String IS_ABANDONED = """
            parent_run_id IS NULL AND status IN ('queued', 'running', 'waiting')
               AND (lease_until IS NULL OR lease_until < clock_timestamp())
               AND ((status <> 'waiting' AND expires_at < now())
                    OR (status = 'waiting' AND waiting_since < now() - interval '24 hours'))
            """;

    private static final String ABANDONED = "SELECT id FROM runs WHERE " + IS_ABANDONED + "LIMIT 100";

    private static final String LOCK_ABANDONED =
            "SELECT id FROM runs WHERE id = :id AND " + IS_ABANDONED + "FOR UPDATE SKIP LOCKED";

    private static final String CANCEL = "UPDATE runs SET cancelled = true WHERE id = :id";

    private static final String RESUME = """
            UPDATE runs SET status = 'queued', credential = :credential, key_id = :keyId, expires_at = :expires,
                            deadline_at = deadline_at + (clock_timestamp() - waiting_since), waiting_since = NULL
             WHERE id = :id
            """;

    private static final String COUNT_STEP = """
            UPDATE runs SET step_count = :steps, input_tokens = input_tokens + :input, output_tokens = output_tokens + :output
             WHERE id = :id
            """;

    static final RowMapper<RunRow> ROW = (row, context) -> new RunRow(
            row.getObject("id", UUID.class),
            row.getObject("user_id", UUID.class),
            row.getObject("conversation_id", UUID.class),
            row.getObject("message_id", UUID.class),
            row.getObject("answer_id", UUID.class),
            row.getObject("parent_run_id", UUID.class),
            row.getObject("root_run_id", UUID.class),
            row.getObject("agent_id", UUID.class),
            row.getInt("agent_version"),
            row.getString("agent_name"),
            row.getString("model_id"),
            Json.MAPPER.readValue(row.getString("plan"), Plan.class),
            row.getString("status"),
            row.getString("end_code"),
            row.getString("end_message"),
            row.getBoolean("cancelled"),
            row.getBytes("credential"),
            row.getObject("expires_at", OffsetDateTime.class).toInstant(),
            instant(row, "deadline_at"),
            row.getInt("step_count"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row, "started_at"),
            instant(row, "ended_at"));

    private RunTable() {}

    /** What a new run begins with. */
    record New(
            UUID id,
            UUID userId,
            @Nullable UUID conversationId,
            @Nullable UUID messageId,
            @Nullable UUID parentRunId,
            UUID rootRunId,
            @Nullable UUID agentId,
            int agentVersion,
            String agentName,
            Plan plan,
            byte @Nullable [] credential,
            String keyId,
            Instant expiresAt) {}

    /** @param owner of the lease from the beginning; {@code null}: whoever claims it first, or its root's */
    static void insert(Handle handle, New run, @Nullable UUID owner, Duration lease) {
        handle.createUpdate(INSERT)
                .bind("id", run.id())
                .bind("user", run.userId())
                .bind("conversation", run.conversationId())
                .bind("message", run.messageId())
                .bind("parent", run.parentRunId())
                .bind("root", run.rootRunId())
                .bind("agent", run.agentId())
                .bind("version", run.agentVersion())
                .bind("agentName", run.agentName())
                .bind("model", run.plan().model().modelId())
                .bind("plan", Json.MAPPER.writeValueAsString(run.plan()))
                .bind("status", owner == null && run.parentRunId() == null ? "queued" : "running")
                .bind("credential", run.credential())
                .bind("keyId", run.keyId())
                .bind("expires", time(run.expiresAt()))
                .bind("owner", owner)
                .bind("lease", lease.toMillis())
                .execute();
    }

    static Optional<RunRow> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map(ROW).findOne();
    }

    static Optional<RunRow> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
    }

    static boolean isOver(Handle handle, UUID id) {
        return handle.createQuery(IS_OVER).bind("id", id).mapTo(Boolean.class).one();
    }

    static boolean isBusy(Handle handle, UUID conversation) {
        return handle.createQuery(OPEN_OF_CONVERSATION)
                .bind("conversation", conversation)
                .mapTo(Boolean.class)
                .one();
    }

    /** Takes runs that nobody works on. @param held by this engine still, though perhaps too late to renew them */
    static List<UUID> claim(Handle handle, UUID owner, String keyId, Duration lease, int most, List<UUID> held) {
        return handle.createQuery(CLAIM)
                .bind("owner", owner)
                .bind("keyId", keyId)
                .bind("lease", lease.toMillis())
                .bind("most", most)
                .bindArray("held", UUID.class, held)
                .mapTo(UUID.class)
                .list();
    }

    /** @return those that are still this engine's */
    static List<UUID> renew(Handle handle, UUID owner, List<UUID> ids, Duration lease) {
        return handle.createQuery(RENEW)
                .bind("owner", owner)
                .bindArray("ids", UUID.class, ids)
                .bind("lease", lease.toMillis())
                .mapTo(UUID.class)
                .list();
    }

    static List<UUID> cancelled(Handle handle, UUID owner) {
        return handle.createQuery(CANCELLED)
                .bind("owner", owner)
                .mapTo(UUID.class)
                .list();
    }

    /** @param status {@code queued}: anyone may go on; {@code waiting}: for a person */
    static void release(Handle handle, UUID id, UUID owner, String status) {
        handle.createUpdate(RELEASE)
                .bind("id", id)
                .bind("owner", owner)
                .bind("status", status)
                .execute();
    }

    /** When it began, and when it must be over. */
    record Begun(Instant startedAt, Instant deadlineAt) {}

    /** For whoever holds it. @throws LostLeaseException if it is over */
    static Begun begin(Handle handle, UUID id, int seconds) {
        return handle.createQuery(BEGIN)
                .bind("id", id)
                .bind("seconds", seconds)
                .map((row, context) -> new Begun(
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getObject("deadline_at", OffsetDateTime.class).toInstant()))
                .findOne()
                .orElseThrow(LostLeaseException::new);
    }

    /** @return false if it is over already */
    static boolean end(
            Handle handle,
            UUID id,
            String status,
            @Nullable String code,
            @Nullable String message,
            @Nullable UUID answer) {
        return handle.createUpdate(END)
                        .bind("id", id)
                        .bind("status", status)
                        .bind("code", code)
                        .bind("message", message)
                        .bind("answer", answer)
                        .execute()
                == 1;
    }

    /** Runs that no engine can or may go on with. */
    static List<UUID> abandoned(Handle handle) {
        return handle.createQuery(ABANDONED).mapTo(UUID.class).list();
    }

    /** @return false if it is not abandoned any more, or somebody is about to take it */
    static boolean lockAbandoned(Handle handle, UUID id) {
        return handle.createQuery(LOCK_ABANDONED)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    static void failAll(Handle handle, UUID root, String code, String message) {
        handle.createUpdate(FAIL_ALL)
                .bind("root", root)
                .bind("code", code)
                .bind("message", message)
                .execute();
    }

    static void endCancelled(Handle handle, UUID root, String message) {
        handle.createUpdate(END_CANCELLED)
                .bind("root", root)
                .bind("message", message)
                .execute();
    }

    static void cancel(Handle handle, UUID id) {
        handle.createUpdate(CANCEL).bind("id", id).execute();
    }

    /** A person has decided: any engine may go on, with what that person lends it. */
    static void resume(Handle handle, UUID id, byte[] credential, String keyId, Instant expires) {
        handle.createUpdate(RESUME)
                .bind("id", id)
                .bind("credential", credential)
                .bind("keyId", keyId)
                .bind("expires", time(expires))
                .execute();
    }

    static void countStep(Handle handle, UUID id, int steps, long input, long output) {
        handle.createUpdate(COUNT_STEP)
                .bind("id", id)
                .bind("steps", steps)
                .bind("input", input)
                .bind("output", output)
                .execute();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
