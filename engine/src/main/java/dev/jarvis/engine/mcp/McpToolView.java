package dev.jarvis.engine.mcp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/**
 * A tool as administrators read it.
 *
 * @param modelName what models call it
 * @param was what was allowed, if the server lists something else now
 */
record McpToolView(
        String name,
        String modelName,
        String title,
        String description,
        ObjectNode schema,
        String fingerprint,
        String state,
        @Nullable String fault,
        boolean allowed,
        boolean approval,
        @Nullable String allowedBy,
        @Nullable Instant allowedAt,
        @Nullable Was was) {

    record Was(String description, @Nullable ObjectNode schema) {}

    static McpToolView of(McpServer server, McpTool tool) {
        String before = tool.allowedDescription();
        return new McpToolView(
                tool.name(),
                ToolNames.of(server.slug(), tool.name()),
                tool.title(),
                tool.description(),
                tool.schema(),
                tool.fingerprint(),
                tool.state(),
                tool.fault(),
                tool.allowed(),
                tool.approval(),
                tool.allowedBy(),
                tool.allowedAt(),
                before == null || tool.fingerprint().equals(tool.allowedFingerprint())
                        ? null
                        : new Was(before, tool.allowedSchema()));
    }
}
