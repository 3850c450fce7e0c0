package dev.jarvis.engine.mcp;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.answer.TaggedReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/mcp-servers}, for administrators. */
final class McpServerEndpoint {
    private final McpServers servers;

    McpServerEndpoint(McpServers servers) {
        this.servers = servers;
    }

    void addTo(BlockingEndpoints endpoints) {
        String all = "/api/v1/mcp-servers";
        String one = all + "/{id}";
        endpoints
                .add(HttpMethod.GET, all, Access.ADMIN, this::list)
                .add(HttpMethod.POST, all, Access.ADMIN, call -> tagged(201, servers.create(call)))
                .add(HttpMethod.GET, one, Access.ADMIN, call -> tagged(200, servers.find(id(call))))
                .add(HttpMethod.PUT, one, Access.ADMIN, call -> tagged(200, servers.change(call, id(call))))
                .add(HttpMethod.DELETE, one, Access.ADMIN, this::delete)
                .add(HttpMethod.POST, one + "/refresh", Access.ADMIN, call -> tagged(200, servers.refresh(id(call))))
                .add(HttpMethod.GET, one + "/tools", Access.ADMIN, call -> tools(call, servers.tools(id(call))))
                .add(HttpMethod.PUT, one + "/tools", Access.ADMIN, call -> tools(call, servers.decide(call, id(call))));
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("q", "page", "page_size"));
        Page<McpServer> page = servers.list(query.text("q").orElse(null), PageRequest.of(query));
        return Reply.ok(new Page<>(
                page.data().stream().map(McpServerView::of).toList(), page.total(), page.page(), page.pageSize()));
    }

    private Reply delete(Call call) {
        servers.delete(call, id(call));
        return Reply.noContent();
    }

    private Reply tools(Call call, List<McpTool> tools) {
        McpServer server = servers.find(id(call));
        return TaggedReply.of(
                200,
                Map.of(
                        "data",
                        tools.stream().map(tool -> McpToolView.of(server, tool)).toList()),
                server.version());
    }

    private static Reply tagged(int status, McpServer server) {
        return TaggedReply.of(status, McpServerView.of(server), server.version());
    }

    private static UUID id(Call call) {
        return PathIds.read(call, "mcp_server");
    }
}
