package dev.jarvis.platform.vault;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.UUID;

/**
 * A column of sealed secrets. The list here is what a rotation goes through: a column that is missing in it would be lost,
 * so a test compares it with the database.
 *
 * @param name {@code table.column}, as in {@link Vault.Place}
 */
record SealedColumn(String name, String select, String update) {
    static final List<SealedColumn> ALL = List.of(
            new SealedColumn("provider_keys.sealed", """
                    SELECT id, sealed FROM provider_keys WHERE encode(substring(sealed FROM 2 FOR 4), 'hex') <> :keyId
                    """, """
                    UPDATE provider_keys SET sealed = :fresh WHERE id = :id AND sealed = :old
                    """),
            new SealedColumn("signing_keys.sealed_private", """
                    SELECT id, sealed_private AS sealed FROM signing_keys
                    WHERE encode(substring(sealed_private FROM 2 FOR 4), 'hex') <> :keyId
                    """, """
                    UPDATE signing_keys SET sealed_private = :fresh WHERE id = :id AND sealed_private = :old
                    """),
            new SealedColumn("webhooks.sealed", """
                    SELECT id, sealed FROM webhooks WHERE encode(substring(sealed FROM 2 FOR 4), 'hex') <> :keyId
                    """, """
                    UPDATE webhooks SET sealed = :fresh WHERE id = :id AND sealed = :old
                    """),
            new SealedColumn("llm_body_keys.sealed", """
                    SELECT id, sealed FROM llm_body_keys WHERE encode(substring(sealed FROM 2 FOR 4), 'hex') <> :keyId
                    """, """
                    UPDATE llm_body_keys SET sealed = :fresh WHERE id = :id AND sealed = :old
                    """));

    record Row(UUID id, byte[] sealed) {}

    /** Rows sealed under any other key than this. */
    List<Row> rowsNotUnder(String keyId, Handle handle) {
        return handle.createQuery(select)
                .bind("keyId", keyId)
                .map((row, context) -> new Row(row.getObject("id", UUID.class), row.getBytes("sealed")))
                .list();
    }

    /** Replaces the secret unless somebody else has done so meanwhile. */
    boolean replace(Row row, byte[] fresh, Handle handle) {
        return handle.createUpdate(update)
                        .bind("id", row.id())
                        .bind("old", row.sealed())
                        .bind("fresh", fresh)
                        .execute()
                == 1;
    }

    Vault.Place place(Row row) {
        return new Vault.Place(name, row.id());
    }
}
