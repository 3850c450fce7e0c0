package dev.jarvis.engine.mcp;

import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code mcp_tools}. */
final class McpToolTable {
    private static final String SELECT = """
            SELECT server_id, name, title, description, schema, fingerprint, fault, listed, allowed, approval,
                   allowed_fingerprint, allowed_description, allowed_schema, allowed_by, allowed_at
              FROM mcp_tools
            """;

    private static final String LIST = SELECT + "WHERE server_id = :server ORDER BY name";

    private static final String FIND = SELECT + "WHERE server_id = :server AND name = :name";

    private static final String UNLIST =
            "UPDATE mcp_tools SET listed = false WHERE server_id = :server AND name <> ALL (:names)";

    /** A tool that nobody ever allowed, or that is switched off, leaves nothing behind. */
    private static final String FORGET =
            "DELETE FROM mcp_tools WHERE server_id = :server AND NOT listed AND NOT allowed";

    private static final String UPSERT = """
            INSERT INTO mcp_tools (server_id, name, title, description, schema, fingerprint, fault)
            VALUES (:server, :name, :title, :description, CAST(:schema AS json), :fingerprint, :fault)
            ON CONFLICT (server_id, name) DO UPDATE
               SET title = excluded.title, description = excluded.description, schema = excluded.schema,
                   fingerprint = excluded.fingerprint, fault = excluded.fault, listed = true
            """;

    private static final String ALLOW = """
            UPDATE mcp_tools
               SET allowed = true, approval = :approval, allowed_fingerprint = fingerprint, allowed_description = description,
                   allowed_schema = schema, allowed_by = :by, allowed_at = now()
             WHERE server_id = :server AND name = :name
            """;

    private static final String DISALLOW = """
            UPDATE mcp_tools
               SET allowed = false, approval = :approval, allowed_fingerprint = NULL, allowed_description = NULL,
                   allowed_schema = NULL, allowed_by = NULL, allowed_at = NULL
             WHERE server_id = :server AND name = :name
            """;

    private static final RowMapper<McpTool> ROW = (row, context) -> new McpTool(
            row.getObject("server_id", UUID.class),
            row.getString("name"),
            row.getString("title"),
            row.getString("description"),
            schema(row.getString("schema")),
            row.getString("fingerprint"),
            row.getString("fault"),
            row.getBoolean("listed"),
            row.getBoolean("allowed"),
            row.getBoolean("approval"),
            row.getString("allowed_fingerprint"),
            row.getString("allowed_description"),
            row.getString("allowed_schema") == null ? null : schema(row.getString("allowed_schema")),
            row.getString("allowed_by"),
            Optional.ofNullable(row.getObject("allowed_at", OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant)
                    .orElse(null));

    private McpToolTable() {}

    private static ObjectNode schema(String text) {
        return (ObjectNode) Json.MAPPER.readTree(text);
    }

    static List<McpTool> list(Handle handle, UUID server) {
        return handle.createQuery(LIST).bind("server", server).map(ROW).list();
    }

    static Optional<McpTool> find(Handle handle, UUID server, String name) {
        return handle.createQuery(FIND)
                .bind("server", server)
                .bind("name", name)
                .map(ROW)
                .findOne();
    }

    /** Keeps what a server lists now. What is allowed stays allowed in the words in which it was. */
    static void keep(Handle handle, UUID server, List<JudgedTool> tools) {
        for (JudgedTool tool : tools) {
            handle.createUpdate(UPSERT)
                    .bind("server", server)
                    .bind("name", tool.name())
                    .bind("title", tool.title())
                    .bind("description", tool.description())
                    .bind("schema", tool.schema().toString())
                    .bind("fingerprint", tool.fingerprint())
                    .bind("fault", tool.fault().orElse(null))
                    .execute();
        }
        handle.createUpdate(UNLIST)
                .bind("server", server)
                .bindArray(
                        "names",
                        String.class,
                        tools.stream().map(JudgedTool::name).toList())
                .execute();
        handle.createUpdate(FORGET).bind("server", server).execute();
    }

    static void allow(Handle handle, UUID server, String name, boolean approval, String by) {
        handle.createUpdate(ALLOW)
                .bind("server", server)
                .bind("name", name)
                .bind("approval", approval)
                .bind("by", by)
                .execute();
    }

    static void disallow(Handle handle, UUID server, String name, boolean approval) {
        handle.createUpdate(DISALLOW)
                .bind("server", server)
                .bind("name", name)
                .bind("approval", approval)
                .execute();
    }

    static void approval(Handle handle, UUID server, String name, boolean approval) {
        handle.createUpdate("UPDATE mcp_tools SET approval = :approval WHERE server_id = :server AND name = :name")
                .bind("server", server)
                .bind("name", name)
                .bind("approval", approval)
                .execute();
    }

    static void forgetUnused(Handle handle, UUID server) {
        handle.createUpdate(FORGET).bind("server", server).execute();
    }
}
