package dev.jarvis.control.model;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The SQL that writes provider_keys. Every method runs in its caller's transaction. */
final class KeyTable {
    private KeyTable() {}

    /** A model's keys by id, in the administrator's order. */
    static Map<UUID, KeyRow> ofModel(Handle handle, UUID modelId) {
        Map<UUID, KeyRow> keys = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT id, name, sealed, hint, status, weight FROM provider_keys
                        WHERE model_id = :modelId ORDER BY position, id
                        """)
                .bind("modelId", modelId)
                .map((row, context) -> read(row))
                .forEach(key -> keys.put(key.id(), key));
        return keys;
    }

    /** Writes a key at its place in the list, new or known. */
    static void put(Handle handle, UUID modelId, int position, KeyRow key) {
        handle.createUpdate("""
                        INSERT INTO provider_keys (id, model_id, position, name, sealed, hint, status, weight)
                        VALUES (:id, :modelId, :position, :name, :sealed, :hint, :status, :weight)
                        ON CONFLICT (id) DO UPDATE
                        SET position = :position, name = :name, sealed = :sealed, hint = :hint, status = :status,
                            weight = :weight, updated_at = now()
                        """)
                .bind("id", key.id())
                .bind("modelId", modelId)
                .bind("position", position)
                .bind("name", key.use().name())
                .bind("sealed", key.sealed())
                .bind("hint", key.hint())
                .bind("status", key.use().status())
                .bind("weight", key.use().weight())
                .execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM provider_keys WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** Forgets what the gateways found out about a key, because it is no longer the same or is to be tried again. */
    static void forgetHealth(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM provider_key_health WHERE key_id = :id")
                .bind("id", id)
                .execute();
    }

    private static KeyRow read(ResultSet row) throws SQLException {
        return new KeyRow(
                row.getObject("id", UUID.class),
                new KeyUse(row.getString("name"), row.getString("status"), row.getInt("weight")),
                row.getBytes("sealed"),
                row.getString("hint"));
    }
}
