package dev.jarvis.engine.mcp.client;

import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.engine.model.Stop;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Set;

/** A session with one server (MCP 2025-03-26 to 2025-11-25): what is said in it. Blocking, of one thread. */
public final class McpSession implements AutoCloseable {
    private static final String NEWEST = "2025-06-18";
    private static final Set<String> VERSIONS = Set.of("2024-11-05", "2025-03-26", NEWEST, "2025-11-25");
    private static final int MOST_PAGES = 32;

    private final StreamableHttp http;
    private String version = "";
    private String serverName = "";

    private McpSession(StreamableHttp http) {
        this.http = http;
    }

    /** Says hello. */
    public static McpSession open(GuardedHttp http, Peer peer, Stop stop) throws McpException {
        McpSession session = new McpSession(new StreamableHttp(http, peer));
        session.initialize(stop);
        return session;
    }

    private void initialize(Stop stop) throws McpException {
        ObjectNode params = Wire.NODES.objectNode().put("protocolVersion", NEWEST);
        params.putObject("capabilities");
        params.putObject("clientInfo")
                .put("name", "jarvis")
                .put("title", "Jarvis")
                .put("version", "1");
        JsonNode result = http.request("initialize", params, StreamableHttp.LONGEST, stop);
        String offered = result.path("protocolVersion").asString("");
        if (!VERSIONS.contains(offered)) {
            throw new McpException(
                    McpException.Kind.NOT_MCP,
                    "The server speaks another version of MCP than 2025-11-25 and before: '" + Wire.plain(offered)
                            + "'.");
        }
        version = offered;
        http.speaks(offered);
        JsonNode info = result.path("serverInfo");
        serverName = Wire.plain(
                info.path("name").asString("") + " " + info.path("version").asString(""));
        http.notify(Wire.notification("notifications/initialized"), StreamableHttp.SHORT);
    }

    /** What the server calls itself, and its version. */
    public String serverName() {
        return serverName;
    }

    public String protocolVersion() {
        return version;
    }

    /** Whether the server said that its tools are others now than those listed last. */
    public boolean toolsChanged() {
        return http.toolsChanged();
    }

    /** All tools, page by page. */
    public Listing tools(Stop stop) throws McpException {
        http.toolsListed();
        ToolPages pages = new ToolPages();
        ObjectNode params = Wire.NODES.objectNode();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode result = http.request("tools/list", params, StreamableHttp.LONGEST, stop);
            if (!result.path("tools").isArray()) {
                throw new McpException(McpException.Kind.BAD_ANSWER, "The server's answer has no list of tools.");
            }
            result.path("tools").forEach(pages::add);
            String next = result.path("nextCursor").asString("");
            if (next.isEmpty() || pages.isFull()) {
                return pages.listing();
            }
            params = Wire.NODES.objectNode().put("cursor", next);
        }
        pages.note("The list has more than " + MOST_PAGES + " pages; those behind were not read.");
        return pages.listing();
    }

    /** @param most how long it may take, whatever progress is reported */
    public CallResult call(String tool, ObjectNode arguments, Duration most, Stop stop) throws McpException {
        ObjectNode params = Wire.NODES.objectNode().put("name", tool);
        params.set("arguments", arguments);
        return ToolContent.read(http.request("tools/call", params, most, stop));
    }

    /** Tells the server that the session is over, without waiting. */
    @Override
    public void close() {
        http.close();
    }
}
