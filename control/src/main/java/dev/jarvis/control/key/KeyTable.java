package dev.jarvis.control.key;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL that writes caller keys, and the columns that a {@link Key} is read from. */
final class KeyTable {
    static final String COLUMNS = """
            id, user_id, name, display_hint, allowed_models, expires_at, created_at, revoked_at, last_used_at,
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
            models(row),
            instant(row, "expires_at"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row, "revoked_at"),
            instant(row, "last_used_at"));

    private static final String INSERT = """
            INSERT INTO caller_keys (id, user_id, name, key_hash, display_hint, allowed_models, expires_at)
            VALUES (:id, :userId, :name, :hash, :hint, CAST(:models AS text[]), CAST(:expiresAt AS timestamptz))
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String UPDATE = """
            UPDATE caller_keys SET name = :name, allowed_models = CAST(:models AS text[]),
                                   expires_at = CAST(:expiresAt AS timestamptz)
            WHERE id = :id
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String REVOKE = """
            UPDATE caller_keys SET revoked_at = now() WHERE id = :id
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String LOCK = "SELECT %s FROM caller_keys WHERE id = :id FOR UPDATE".formatted(COLUMNS);

    private KeyTable() {}

    static Key insert(Handle handle, UUID id, UUID userId, byte[] hash, String hint, KeyFields fields) {
        return handle.createQuery(INSERT)
                .bind("id", id)
                .bind("userId", userId)
                .bind("name", fields.name())
                .bind("hash", hash)
                .bind("hint", hint)
                .bindByType("models", array(fields), String[].class)
                .bind("expiresAt", fields.expiresAt())
                .map(ROW)
                .one();
    }

    static Key update(Handle handle, UUID id, KeyFields fields) {
        return handle.createQuery(UPDATE)
                .bind("id", id)
                .bind("name", fields.name())
                .bindByType("models", array(fields), String[].class)
                .bind("expiresAt", fields.expiresAt())
                .map(ROW)
                .one();
    }

    static Key revoke(Handle handle, UUID id) {
        return handle.createQuery(REVOKE).bind("id", id).map(ROW).one();
    }

    static Optional<Key> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
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
