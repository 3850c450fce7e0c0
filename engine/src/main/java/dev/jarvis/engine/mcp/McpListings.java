package dev.jarvis.engine.mcp;

import dev.jarvis.engine.mcp.client.Listing;
import dev.jarvis.engine.mcp.client.McpException;
import dev.jarvis.engine.mcp.client.McpSession;
import dev.jarvis.engine.model.Stop;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Asks servers for their tools and keeps what they say, so that a tool that became another one is out from then on. */
final class McpListings {
    private static final Logger LOG = LoggerFactory.getLogger(McpListings.class);

    private final Jdbi jdbi;

    McpListings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The fingerprints of what a server lists now, by name. */
    Map<String, String> read(McpServer server, McpSession session, Stop stop) throws McpException {
        Listing listing = session.tools(stop);
        List<JudgedTool> tools = listing.tools().stream().map(JudgedTool::of).toList();
        Map<String, String> listed =
                tools.stream().collect(Collectors.toMap(JudgedTool::name, JudgedTool::fingerprint));
        List<McpTool> known = jdbi.withHandle(handle -> McpToolTable.list(handle, server.id()));
        boolean same = server.state().equals("ok")
                && server.notes().equals(listing.leftOut())
                && known.stream()
                        .filter(McpTool::listed)
                        .collect(Collectors.toMap(McpTool::name, McpTool::fingerprint))
                        .equals(listed);
        if (!same) {
            tellChanges(server, known, listed);
            jdbi.useTransaction(handle -> {
                // A server that was deleted meanwhile has no tools to keep.
                if (McpServerTable.lock(handle, server.id()).isPresent()) {
                    McpToolTable.keep(handle, server.id(), tools);
                    McpServerTable.answered(
                            handle, server.id(), listing.leftOut(), session.serverName(), session.protocolVersion());
                }
            });
        }
        return listed;
    }

    private static void tellChanges(McpServer server, List<McpTool> known, Map<String, String> listed) {
        List<String> changed = known.stream()
                .filter(tool -> tool.isUsable() && !tool.fingerprint().equals(listed.get(tool.name())))
                .map(McpTool::name)
                .toList();
        if (!changed.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("mcp_server", server.slug())
                    .addKeyValue("tools", changed)
                    .log(
                            "An MCP server changed tools that were allowed; they are out until an administrator allows them again");
        }
    }

    void failed(UUID server, McpException failure) {
        jdbi.useHandle(handle -> McpServerTable.failed(handle, server, failure.code(), failure.text()));
    }
}
