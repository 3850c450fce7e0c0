package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/**
 * A tool that an agent may use.
 *
 * @param type {@code builtin}, {@code agent} or {@code mcp}
 * @param name of a built-in tool, or of one of an MCP server; {@code null} of an agent, and for all that a server's administrators allow
 * @param approval whether a person must allow each call
 */
public record ToolChoice(
        String type,
        @Nullable String name,
        @Nullable UUID agentId,
        @Nullable UUID serverId,
        boolean approval) {

    /** Those of the engine that an agent can be given. */
    public static final Set<String> BUILT_IN = Set.of("http_fetch", "current_time", "calculator");

    static ToolChoice builtIn(String name, boolean approval) {
        return new ToolChoice("builtin", name, null, null, approval);
    }
}
