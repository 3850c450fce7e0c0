package dev.jarvis.engine.mcp;

import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code mcp_servers}. */
final class McpServerTable {
    private static final String SELECT = """
            SELECT id, slug, name, description, url, auth, auth_header, hint, key_id, enabled, timeout_seconds, state,
                   error_code, error_message, notes, server_name, protocol_version, checked_at, version, created_at, updated_at,
                   (SELECT count(*) FROM mcp_tools t WHERE t.server_id = s.id AND t.listed) AS tools,
                   (SELECT count(*) FROM mcp_tools t WHERE t.server_id = s.id AND t.allowed AND t.listed AND t.fault IS NULL
                       AND t.fingerprint = t.allowed_fingerprint) AS usable,
                   (SELECT count(*) FROM mcp_tools t WHERE t.server_id = s.id AND t.allowed AND NOT (t.listed
                       AND t.fault IS NULL AND t.fingerprint = t.allowed_fingerprint)) AS changed
              FROM mcp_servers s
            """;

    private static final String FIND = SELECT + "WHERE id = :id";

    private static final String LOCK = FIND + " FOR UPDATE OF s";

    private static final String ENABLED = SELECT + "WHERE enabled ORDER BY lower(name)";

    private static final String MATCHING = """
            WHERE CAST(:text AS text) IS NULL OR strpos(lower(name), lower(:text)) > 0 OR strpos(slug, lower(:text)) > 0
            """;

    private static final String LIST = SELECT + MATCHING + "ORDER BY lower(name) LIMIT :size OFFSET :offset";

    private static final String COUNT = "SELECT count(*) FROM mcp_servers " + MATCHING;

    private static final String TAKEN = """
            SELECT CASE WHEN lower(name) = lower(:name) THEN 'name' ELSE 'slug' END FROM mcp_servers
             WHERE (lower(name) = lower(:name) OR slug = :slug) AND id <> :id LIMIT 1
            """;

    private static final String INSERT = """
            INSERT INTO mcp_servers (id, slug, name, description, url, auth, auth_header, enabled, timeout_seconds)
            VALUES (:id, :slug, :name, :description, :url, :auth, :header, :enabled, :timeout)
            """;

    private static final String UPDATE = """
            UPDATE mcp_servers
               SET slug = :slug, name = :name, description = :description, url = :url, auth = :auth, auth_header = :header,
                   enabled = :enabled, timeout_seconds = :timeout, state = CASE WHEN url = :url THEN state ELSE 'new' END, version = version + 1, updated_at = now()
             WHERE id = :id
            """;

    private static final String SEAL =
            "UPDATE mcp_servers SET credential = :sealed, key_id = :key, hint = :hint WHERE id = :id";

    private static final String CHECKED = """
            UPDATE mcp_servers
               SET state = :state, error_code = :code, error_message = :message, checked_at = now(),
                   notes = CASE WHEN :state = 'ok' THEN :notes ELSE notes END,
                   server_name = CASE WHEN :state = 'ok' THEN :server ELSE server_name END,
                   protocol_version = CASE WHEN :state = 'ok' THEN :protocol ELSE protocol_version END
             WHERE id = :id
            """;

    private static final RowMapper<McpServer> ROW = (row, context) -> new McpServer(
            row.getObject("id", UUID.class),
            row.getString("slug"),
            row.getString("name"),
            row.getString("description"),
            URI.create(row.getString("url")),
            Auth.of(row.getString("auth")),
            Optional.ofNullable(row.getString("auth_header")),
            row.getString("hint"),
            row.getString("key_id"),
            row.getBoolean("enabled"),
            Duration.ofSeconds(row.getInt("timeout_seconds")),
            row.getString("state"),
            row.getString("error_code"),
            row.getString("error_message"),
            texts(row, "notes"),
            row.getString("server_name"),
            row.getString("protocol_version"),
            Optional.ofNullable(row.getObject("checked_at", OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant)
                    .orElse(null),
            row.getInt("version"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("updated_at", OffsetDateTime.class).toInstant(),
            row.getInt("tools"),
            row.getInt("usable"),
            row.getInt("changed"));

    private McpServerTable() {}

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }

    static Optional<McpServer> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map(ROW).findOne();
    }

    static Optional<McpServer> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
    }

    static List<McpServer> enabled(Handle handle) {
        return handle.createQuery(ENABLED).map(ROW).list();
    }

    static List<McpServer> list(Handle handle, @Nullable String text, PageRequest page) {
        return handle.createQuery(LIST)
                .bind("text", text)
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map(ROW)
                .list();
    }

    static long count(Handle handle, @Nullable String text) {
        return handle.createQuery(COUNT).bind("text", text).mapTo(Long.class).one();
    }

    /** Which of the two another server has: {@code name} or {@code slug}. */
    static Optional<String> taken(Handle handle, UUID id, McpServerFields fields) {
        return handle.createQuery(TAKEN)
                .bind("id", id)
                .bind("name", fields.name())
                .bind("slug", fields.slug())
                .mapTo(String.class)
                .findOne();
    }

    static void insert(Handle handle, UUID id, McpServerFields fields) {
        bind(handle.createUpdate(INSERT), id, fields).execute();
    }

    static void update(Handle handle, UUID id, McpServerFields fields) {
        bind(handle.createUpdate(UPDATE), id, fields).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, UUID id, McpServerFields fields) {
        return statement
                .bind("id", id)
                .bind("slug", fields.slug())
                .bind("name", fields.name())
                .bind("description", fields.description())
                .bind("url", fields.url().toString())
                .bind("auth", fields.auth().code())
                .bind("header", fields.authHeader().orElse(null))
                .bind("enabled", fields.enabled())
                .bind("timeout", fields.timeout().toSeconds());
    }

    /** @param sealed {@code null}: there is no credential any more */
    static void seal(Handle handle, UUID id, byte @Nullable [] sealed, @Nullable String keyId, @Nullable String hint) {
        handle.createUpdate(SEAL)
                .bind("id", id)
                .bind("sealed", sealed)
                .bind("key", keyId)
                .bind("hint", hint)
                .execute();
    }

    static Optional<byte[]> credential(Handle handle, UUID id) {
        return handle.createQuery("SELECT credential FROM mcp_servers WHERE id = :id AND credential IS NOT NULL")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne();
    }

    static void answered(Handle handle, UUID id, List<String> notes, String serverName, String protocol) {
        handle.createUpdate(CHECKED)
                .bind("id", id)
                .bind("state", "ok")
                .bind("code", (String) null)
                .bind("message", (String) null)
                .bindArray("notes", String.class, notes)
                .bind("server", serverName)
                .bind("protocol", protocol)
                .execute();
    }

    static void failed(Handle handle, UUID id, String code, String message) {
        handle.createUpdate(CHECKED)
                .bind("id", id)
                .bind("state", "failed")
                .bind("code", code)
                .bind("message", message)
                .bindArray("notes", String.class, List.of())
                .bind("server", "")
                .bind("protocol", "")
                .execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM mcp_servers WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    static void touch(Handle handle, UUID id) {
        handle.createUpdate("UPDATE mcp_servers SET version = version + 1, updated_at = now() WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
