package dev.jarvis.control.webhook;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL that writes webhooks. */
final class WebhookTable {
    static final String COLUMNS = "id, url, description, event_types, enabled, hint, version, created_at, updated_at ";

    static final RowMapper<Webhook> ROW = (row, context) -> new Webhook(
            row.getObject("id", UUID.class),
            row.getString("url"),
            row.getString("description"),
            List.of((String[]) row.getArray("event_types").getArray()),
            row.getBoolean("enabled"),
            row.getString("hint"),
            row.getLong("version"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());

    private static final String FIND = "SELECT " + COLUMNS + "FROM webhooks WHERE id = :id";

    private static final String LOCK = FIND + " FOR UPDATE";

    private static final String INSERT = """
            INSERT INTO webhooks (id, url, description, event_types, enabled, sealed, hint)
            VALUES (:id, :url, :description, :types, :enabled, :sealed, :hint)
            """;

    private static final String UPDATE = """
            UPDATE webhooks SET url = :url, description = :description, event_types = :types, enabled = :enabled,
                                version = version + 1, updated_at = now()
            WHERE id = :id
            """;

    private static final String DISABLE = """
            UPDATE webhooks SET enabled = false, version = version + 1, updated_at = now() WHERE id = :id
            """;

    private WebhookTable() {}

    static Optional<Webhook> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map(ROW).findOne();
    }

    static Optional<Webhook> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
    }

    static void insert(Handle handle, UUID id, WebhookFields fields, byte[] sealed, String hint) {
        bind(handle.createUpdate(INSERT), id, fields)
                .bind("sealed", sealed)
                .bind("hint", hint)
                .execute();
    }

    static void update(Handle handle, UUID id, WebhookFields fields) {
        bind(handle.createUpdate(UPDATE), id, fields).execute();
    }

    static void disable(Handle handle, UUID id) {
        handle.createUpdate(DISABLE).bind("id", id).execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM webhooks WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UUID id, WebhookFields fields) {
        return statement
                .bind("id", id)
                .bind("url", fields.url())
                .bind("description", fields.description())
                .bindArray("types", String.class, fields.eventTypes())
                .bind("enabled", fields.enabled());
    }
}
