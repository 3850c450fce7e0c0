package dev.jarvis.control.key;

import dev.jarvis.platform.http.Refusal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The SQL that writes caller keys, and the columns that a {@link Key} is read from. */
final class KeyTable {
    static final String COLUMNS = """
            id, user_id, name, display_hint, team_id, allowed_models, expires_at, created_at, revoked_at, last_used_at,
            CASE WHEN revoked_at IS NOT NULL THEN 'revoked'
                 WHEN expires_at <= now() THEN 'expired'
                 ELSE 'active' END AS status
            """;

    static final RowMapper<Key> ROW = (row, context) -> new Key(
            row.getObject("id", UUID.class),
            row.getObject("user_id", UUID.class),
            row.getString("name"),
            row.getString("display_hint"),
            row.getString("status"),
            row.getObject("team_id", UUID.class),
            models(row),
            instant(row, "expires_at"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row, "revoked_at"),
            instant(row, "last_used_at"));

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private static final String INSERT = """
            INSERT INTO caller_keys (id, user_id, name, key_hash, display_hint, team_id, allowed_models, expires_at)
            VALUES (:id, :userId, :name, :hash, :hint, CAST(:team AS uuid), CAST(:models AS text[]),
                    CAST(:expiresAt AS timestamptz))
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String UPDATE = """
            UPDATE caller_keys SET name = :name, team_id = CAST(:team AS uuid), allowed_models = CAST(:models AS text[]),
                                   expires_at = CAST(:expiresAt AS timestamptz)
            WHERE id = :id
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String REVOKE = """
            UPDATE caller_keys SET revoked_at = now() WHERE id = :id
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String LOCK = "SELECT %s FROM caller_keys WHERE id = :id FOR UPDATE".formatted(COLUMNS);

    private static final String HAS_BUDGET = """
            SELECT EXISTS (SELECT 1 FROM budgets
                           WHERE scope = 'caller_key' AND subject_id = :id AND status = 'enabled')
            """;

    private static final String TEAM_OF = """
            SELECT coalesce(k.team_id, u.team_id, '00000000-0000-7000-8000-000000000001'::uuid)
            FROM caller_keys k JOIN users u ON u.id = k.user_id
            WHERE k.id = :id
            """;

    private KeyTable() {}

    /** @throws Refusal 400 {@code not_a_member} */
    static Key insert(Handle handle, UUID id, UUID userId, byte[] hash, String hint, KeyFields fields) {
        return inOwnTeam(() -> handle.createQuery(INSERT)
                .bind("id", id)
                .bind("userId", userId)
                .bind("name", fields.name())
                .bind("hash", hash)
                .bind("hint", hint)
                .bind("team", fields.teamId())
                .bindByType("models", array(fields), String[].class)
                .bind("expiresAt", fields.expiresAt())
                .map(ROW)
                .one());
    }

    /** @throws Refusal 400 {@code not_a_member} */
    static Key update(Handle handle, UUID id, KeyFields fields) {
        return inOwnTeam(() -> handle.createQuery(UPDATE)
                .bind("id", id)
                .bind("name", fields.name())
                .bind("team", fields.teamId())
                .bindByType("models", array(fields), String[].class)
                .bind("expiresAt", fields.expiresAt())
                .map(ROW)
                .one());
    }

    static Key revoke(Handle handle, UUID id) {
        return handle.createQuery(REVOKE).bind("id", id).map(ROW).one();
    }

    static Optional<Key> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
    }

    /** Whether a key has a budget of its own. */
    static boolean hasBudget(Handle handle, UUID id) {
        return handle.createQuery(HAS_BUDGET)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    /** The team that a key's calls count for. */
    static UUID teamOf(Handle handle, UUID id) {
        return handle.createQuery(TEAM_OF).bind("id", id).mapTo(UUID.class).one();
    }

    private static Key inOwnTeam(Supplier<Key> statement) {
        try {
            return statement.get();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof PSQLException sql
                    && FOREIGN_KEY_VIOLATION.equals(sql.getSQLState())
                    && sql.getServerErrorMessage() != null
                    && "caller_keys_team_fkey"
                            .equals(sql.getServerErrorMessage().getConstraint())) {
                throw Refusal.badRequest(
                        "not_a_member", "'team_id' must be a team that the key's owner is in.", "team_id");
            }
            throw e;
        }
    }

    private static String @Nullable [] array(KeyFields fields) {
        List<String> models = fields.allowedModels();
        return models == null ? null : models.toArray(String[]::new);
    }

    private static @Nullable List<String> models(ResultSet row) throws SQLException {
        Array models = row.getArray("allowed_models");
        return models == null ? null : List.of((String[]) models.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
