package dev.jarvis.gateway.idempotency;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code idempotency_keys}. Blocking. */
final class IdempotencyTable {
    private static final String BEGIN = """
            INSERT INTO idempotency_keys AS k (caller, key_hash, body_hash, run_id, request_id)
            VALUES (:caller, :key, :body, :run, :request)
            ON CONFLICT (caller, key_hash) DO UPDATE
               SET body_hash = excluded.body_hash, run_id = excluded.run_id, state = 'running', status = NULL,
                   request_id = excluded.request_id,
                   content_type = NULL, answer = NULL, renewed_at = clock_timestamp(),
                   expires_at = clock_timestamp() + interval '24 hours'
             WHERE k.expires_at <= clock_timestamp()
            """;

    private static final String FIND = """
            SELECT body_hash = :body AS same_body, state, status, content_type, answer, request_id,
                   renewed_at > clock_timestamp() - interval '60 seconds' AS alive
              FROM idempotency_keys
             WHERE caller = :caller AND key_hash = :key
            """;

    private static final String FINISH = """
            UPDATE idempotency_keys SET state = :state, status = :status, content_type = :type, answer = :answer
             WHERE caller = :caller AND key_hash = :key AND run_id = :run AND state = 'running'
            """;

    private static final String FORGET = """
            DELETE FROM idempotency_keys
             WHERE caller = :caller AND key_hash = :key AND run_id = :run AND state = 'running'
            """;

    private static final String RENEW =
            "UPDATE idempotency_keys SET renewed_at = clock_timestamp() WHERE run_id = :run AND state = 'running'";

    private static final String SWEEP = "DELETE FROM idempotency_keys WHERE expires_at <= clock_timestamp()";

    /**
     * What is known of a key.
     *
     * @param alive whether who answers it has lately said so
     * @param answer sealed; {@code null}: it was too large to keep
     * @param requestId of the request that was first
     */
    record Known(
            boolean sameBody,
            String state,
            int status,
            @Nullable String contentType,
            byte @Nullable [] answer,
            boolean alive,
            @Nullable String requestId) {}

    private final Jdbi jdbi;
    private final UUID run;

    /** @param run of this process: another one does not keep its requests alive */
    IdempotencyTable(Jdbi jdbi, UUID run) {
        this.jdbi = jdbi;
        this.run = run;
    }

    /** @return empty if the key is this request's from now on */
    Optional<Known> begin(IdempotencyKey key, byte[] bodyHash, String requestId) {
        return jdbi.inTransaction(handle -> {
            int begun = handle.createUpdate(BEGIN)
                    .bind("caller", key.caller())
                    .bind("key", key.hash())
                    .bind("body", bodyHash)
                    .bind("run", run)
                    .bind("request", requestId)
                    .execute();
            return begun == 1 ? Optional.empty() : Optional.of(find(handle, key, bodyHash));
        });
    }

    private static Known find(Handle handle, IdempotencyKey key, byte[] bodyHash) {
        return handle.createQuery(FIND)
                .bind("caller", key.caller())
                .bind("key", key.hash())
                .bind("body", bodyHash)
                .map((row, context) -> known(row))
                .findOne()
                .orElse(new Known(
                        true, "running", 0, null, null, true, null)); // it was just given up: to be tried again
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getBoolean("same_body"),
                row.getString("state"),
                row.getInt("status"),
                row.getString("content_type"),
                row.getBytes("answer"),
                row.getBoolean("alive"),
                row.getString("request_id"));
    }

    void finish(IdempotencyKey key, String state, int status, String contentType, byte @Nullable [] answer) {
        jdbi.useHandle(handle -> handle.createUpdate(FINISH)
                .bind("caller", key.caller())
                .bind("key", key.hash())
                .bind("run", run)
                .bind("state", state)
                .bind("status", status)
                .bind("type", contentType)
                .bind("answer", answer)
                .execute());
    }

    void forget(IdempotencyKey key) {
        jdbi.useHandle(handle -> handle.createUpdate(FORGET)
                .bind("caller", key.caller())
                .bind("key", key.hash())
                .bind("run", run)
                .execute());
    }

    void renew() {
        jdbi.useHandle(handle -> handle.createUpdate(RENEW).bind("run", run).execute());
    }

    void sweep() {
        jdbi.useHandle(handle -> handle.createUpdate(SWEEP).execute());
    }
}
