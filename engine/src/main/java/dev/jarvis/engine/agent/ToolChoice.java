package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A tool that an agent may use.
 *
 * @param type {@code builtin}, {@code mcp} or {@code agent}
 * @param name of a built-in tool, or of one tool of the MCP server; {@code null} there: all that are allowed
 * @param approval whether a person must allow each call
 */
public record ToolChoice(
        String type,
        @Nullable String name,
        @Nullable UUID serverId,
        @Nullable UUID agentId,
        boolean approval) {}
