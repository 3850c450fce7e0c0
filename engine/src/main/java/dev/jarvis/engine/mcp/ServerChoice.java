package dev.jarvis.engine.mcp;

import java.util.List;
import java.util.UUID;

/** A server whose tools an agent may be given, for users: not where it is. */
public record ServerChoice(UUID id, String slug, String name, String description, List<ToolOfServer> tools) {
    /** @param approval whether a person must allow each call, whatever the agent says */
    public record ToolOfServer(String name, String title, String description, boolean approval) {}

    static ServerChoice of(McpServer server, List<McpTool> tools) {
        return new ServerChoice(
                server.id(),
                server.slug(),
                server.name(),
                server.description(),
                tools.stream()
                        .filter(McpTool::isUsable)
                        .map(tool -> new ToolOfServer(tool.name(), tool.title(), tool.description(), tool.approval()))
                        .toList());
    }
}
