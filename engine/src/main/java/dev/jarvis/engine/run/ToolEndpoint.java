package dev.jarvis.engine.run;

import dev.jarvis.engine.mcp.McpTools;
import dev.jarvis.engine.mcp.ServerChoice;
import dev.jarvis.engine.tool.Tool;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.util.List;

/** {@code /api/v1/tools}: what agents can be given. */
final class ToolEndpoint {
    /** A tool of the engine. */
    private record BuiltIn(String name, String description) {}

    private record Choices(List<BuiltIn> builtin, List<ServerChoice> mcpServers) {}

    private final List<BuiltIn> builtIn;
    private final McpTools mcp;

    /** @param builtIn those that an agent can choose */
    ToolEndpoint(List<Tool> builtIn, McpTools mcp) {
        this.builtIn = builtIn.stream()
                .map(tool -> new BuiltIn(tool.name(), tool.description()))
                .toList();
        this.mcp = mcp;
    }

    void addTo(BlockingEndpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/tools", Access.USER, this::list);
    }

    private Reply list(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new Choices(builtIn, mcp.choices()));
    }
}
