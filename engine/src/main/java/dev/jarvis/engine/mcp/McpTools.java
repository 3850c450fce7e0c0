package dev.jarvis.engine.mcp;

import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.engine.mcp.client.CallResult;
import dev.jarvis.engine.mcp.client.McpException;
import dev.jarvis.engine.mcp.client.McpSession;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tools of MCP servers, for agents and their runs: those that an administrator allowed, in the words that were allowed. Before a
 * run's first call to a server its list is read again; a tool that has become another one is not called.
 */
public final class McpTools implements AutoCloseable {
    private final Jdbi jdbi;
    private final GuardedHttp http;
    private final McpCredentials credentials;
    private final McpListings listings;
    private final McpSessions sessions = new McpSessions();

    McpTools(Jdbi jdbi, GuardedHttp http, McpCredentials credentials, McpListings listings) {
        this.jdbi = jdbi;
        this.http = http;
        this.credentials = credentials;
        this.listings = listings;
    }

    /** Whether an agent may be given a tool of a server. @param tool {@code null}: all that are allowed */
    public static boolean isAllowed(Handle handle, UUID server, @Nullable String tool) {
        return McpServerTable.find(handle, server).filter(McpServer::enabled).isPresent()
                && (tool == null
                        || McpToolTable.find(handle, server, tool)
                                .filter(McpTool::isUsable)
                                .isPresent());
    }

    /** What a run may be planned with. @param tool {@code null}: all that are allowed */
    public List<OfferedTool> offered(UUID server, @Nullable String tool) {
        return jdbi.withHandle(handle -> McpServerTable.find(handle, server)
                .filter(McpServer::enabled)
                .map(found -> McpToolTable.list(handle, server).stream()
                        .filter(one -> one.isUsable() && (tool == null || tool.equals(one.name())))
                        .map(one -> offer(found, one))
                        .toList())
                .orElse(List.of()));
    }

    private static OfferedTool offer(McpServer server, McpTool tool) {
        return new OfferedTool(
                new McpToolRef(server.id(), tool.name(), tool.fingerprint()),
                ToolNames.of(server.slug(), tool.name()),
                tool.description(),
                tool.schema(),
                tool.approval());
    }

    /** Servers with their tools, for users who make agents. */
    public List<ServerChoice> choices() {
        return jdbi.withHandle(handle -> McpServerTable.enabled(handle).stream()
                .map(server -> ServerChoice.of(server, McpToolTable.list(handle, server.id())))
                .filter(choice -> !choice.tools().isEmpty())
                .toList());
    }

    /** A server that does not do its part is an answer for the model: the run goes on. */
    public ToolOutcome call(McpToolRef ref, ObjectNode arguments, ToolContext context) {
        Optional<McpServer> server = jdbi.withHandle(handle -> McpServerTable.find(handle, ref.serverId()))
                .filter(McpServer::enabled);
        if (server.isEmpty()) {
            return ToolOutcome.failed("The MCP server of this tool was removed or switched off.");
        }
        Optional<McpTool> tool = jdbi.withHandle(handle -> McpToolTable.find(handle, ref.serverId(), ref.tool()));
        if (tool.filter(McpTool::allowed).isEmpty()) {
            return ToolOutcome.failed("An administrator does not allow this tool any more.");
        }
        if (!tool.get().isUsable() || !tool.get().fingerprint().equals(ref.fingerprint())) {
            return changed(server.get());
        }
        if (!context.patience().isPositive()) {
            return ToolOutcome.failed("There is no time left.");
        }
        try {
            return attempt(server.get(), ref, arguments, context, true);
        } catch (McpException e) {
            return ToolOutcome.failed("The MCP server '" + server.get().name() + "' did not do it. " + e.text());
        }
    }

    private static ToolOutcome changed(McpServer server) {
        return ToolOutcome.failed("The MCP server '" + server.name()
                + "' has changed this tool since an administrator allowed it. It cannot be used until an administrator has read and"
                + " allowed it again.");
    }

    private ToolOutcome attempt(
            McpServer server, McpToolRef ref, ObjectNode arguments, ToolContext context, boolean again)
            throws McpException {
        McpSessions.Key key = new McpSessions.Key(context.runId(), server.id(), server.version());
        try {
            McpSessions.Kept kept = ready(server, key, context);
            if (!kept.lists(ref)) {
                return changed(server);
            }
            context.permit().run();
            CallResult result = kept.session().call(ref.tool(), arguments, context.patience(), context.stop());
            return new ToolOutcome(result.text(), result.failed());
        } catch (McpException e) {
            if (e.kind() != McpException.Kind.REFUSED) {
                sessions.drop(key);
            }
            // The server did not look at the call, so to make it again is not to make it twice.
            if (e.kind() == McpException.Kind.SESSION_GONE && again) {
                return attempt(server, ref, arguments, context, false);
            }
            throw e;
        }
    }

    /** A session whose list has just been read. */
    private McpSessions.Kept ready(McpServer server, McpSessions.Key key, ToolContext context) throws McpException {
        try {
            McpSessions.Kept kept =
                    sessions.of(key, () -> McpSession.open(http, credentials.peer(server), context.stop()));
            if (!kept.isListFresh()) {
                Map<String, String> listed = listings.read(server, kept.session(), context.stop());
                kept.list(listed);
            }
            return kept;
        } catch (McpException e) {
            boolean ours = e.kind() == McpException.Kind.STOPPED || e.kind() == McpException.Kind.SESSION_GONE;
            if (!ours) {
                listings.failed(server.id(), e);
            }
            throw e;
        }
    }

    /** A run that is over, or another engine's, needs its sessions no more. */
    public void over(UUID run) {
        sessions.over(run);
    }

    /** Ends the sessions that nobody has used for long: their runs wait, or went on elsewhere. */
    public void tidy() {
        sessions.closeIdle();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
