package dev.jarvis.engine.mcp.client;

import dev.jarvis.engine.egress.Exchange;
import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.engine.egress.NoAnswerException;
import dev.jarvis.engine.model.Stop;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session with one server over Streamable HTTP (MCP 2025-03-26 to 2025-11-25). Blocking, of one thread; each request is a POST
 * whose answer is JSON or a stream of events. Every answer is bounded in bytes and time, redirects are not followed, and nothing
 * that a server asks of its client is granted but a ping.
 */
public final class McpSession implements AutoCloseable {
    private static final String NEWEST = "2025-06-18";
    private static final Set<String> VERSIONS = Set.of("2024-11-05", "2025-03-26", NEWEST, "2025-11-25");

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int MOST_TOOLS = 256;
    private static final int MOST_PAGES = 32;
    private static final int MOST_NAME = 128;
    private static final int MOST_REQUESTS_OF_SERVER = 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final int METHOD_NOT_FOUND = -32601;

    private final GuardedHttp http;
    private final Peer peer;
    private @Nullable String sessionId;
    private @Nullable String version;
    private String serverName = "";
    private boolean listChanged;
    private long lastId;
    private Optional<Thread> cancelling = Optional.empty();

    private McpSession(GuardedHttp http, Peer peer) {
        this.http = http;
        this.peer = peer;
    }

    /** Says hello. */
    public static McpSession open(GuardedHttp http, Peer peer, Stop stop) throws McpException {
        McpSession session = new McpSession(http, peer);
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
        JsonNode result = request("initialize", params, LONGEST, stop);
        String offered = result.path("protocolVersion").asString("");
        if (!VERSIONS.contains(offered)) {
            throw new McpException(
                    McpException.Kind.NOT_MCP,
                    "The server speaks another version of MCP than 2025-11-25 and before: '" + Wire.plain(offered)
                            + "'.");
        }
        version = offered;
        JsonNode info = result.path("serverInfo");
        serverName = Wire.plain(
                info.path("name").asString("") + " " + info.path("version").asString(""));
        notify(Wire.notification("notifications/initialized"), SHORT);
    }

    /** What the server calls itself, and its version. */
    public String serverName() {
        return serverName;
    }

    public String protocolVersion() {
        return String.valueOf(version);
    }

    /** Whether the server said that its tools are others now than those listed last. */
    public boolean toolsChanged() {
        return listChanged;
    }

    /** All tools, page by page. */
    public Listing tools(Stop stop) throws McpException {
        listChanged = false;
        List<ListedTool> tools = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        Set<String> names = new HashSet<>();
        ObjectNode params = Wire.NODES.objectNode();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode result = request("tools/list", params, LONGEST, stop);
            if (!result.path("tools").isArray()) {
                throw new McpException(McpException.Kind.BAD_ANSWER, "The server's answer has no list of tools.");
            }
            for (JsonNode tool : result.path("tools")) {
                take(tool, names, tools, leftOut);
            }
            String next = result.path("nextCursor").asString("");
            if (next.isEmpty() || tools.size() >= MOST_TOOLS) {
                return new Listing(tools, leftOut);
            }
            params = Wire.NODES.objectNode().put("cursor", next);
        }
        leftOut.add("The list has more than " + MOST_PAGES + " pages; those behind were not read.");
        return new Listing(tools, leftOut);
    }

    private static void take(JsonNode tool, Set<String> names, List<ListedTool> tools, List<String> leftOut) {
        String name = tool.path("name").asString("");
        if (name.isBlank() || name.length() > MOST_NAME || !name.codePoints().allMatch(Characters::isPlain)) {
            note(
                    leftOut,
                    "A tool was left out whose name is empty, too long or not plain text: '" + Wire.plain(name) + "'.");
        } else if (tools.size() >= MOST_TOOLS) {
            note(leftOut, "There are more than " + MOST_TOOLS + " tools; the others were left out.");
        } else if (!(tool.path("inputSchema") instanceof ObjectNode schema)) {
            note(leftOut, "The tool '" + name + "' was left out: it has no schema.");
        } else if (!names.add(name)) {
            note(leftOut, "The tool '" + name + "' is there twice; only the first was taken.");
        } else {
            String title = tool.path("title")
                    .asString(tool.path("annotations").path("title").asString(""));
            tools.add(new ListedTool(
                    name, Wire.plain(title), tool.path("description").asString(""), schema));
        }
    }

    private static void note(List<String> notes, String note) {
        if (notes.size() < 20 && !notes.contains(note)) {
            notes.add(note);
        }
    }

    /** @param most how long it may take, whatever progress is reported */
    public CallResult call(String tool, ObjectNode arguments, Duration most, Stop stop) throws McpException {
        ObjectNode params = Wire.NODES.objectNode().put("name", tool);
        params.set("arguments", arguments);
        return ToolContent.read(request("tools/call", params, most, stop));
    }

    // One request

    private JsonNode request(String method, ObjectNode params, Duration most, Stop stop) throws McpException {
        long id = ++lastId;
        params.putObject("_meta").put("progressToken", id);
        Timer timer = new Timer(peer.patience(), most.compareTo(LONGEST) < 0 ? most : LONGEST);
        try (Exchange exchange = exchange(HttpMethod.POST, Wire.request(id, method, params), timer.most())) {
            stop.onAsk(exchange::close);
            Exchange.Head head = exchange.begin(timer.left());
            requireSuccess(head);
            head.header("mcp-session-id").ifPresent(this::keepSession);
            return answer(id, head, exchange, timer);
        } catch (NoAnswerException e) {
            if (!method.equals("initialize")) {
                cancel(id, stop.isAsked() ? "stopped" : e.reason());
            }
            throw stop.isAsked()
                    ? new McpException(McpException.Kind.STOPPED, "The call was stopped.")
                    : unanswered(e.reason());
        } finally {
            stop.over();
        }
    }

    private Exchange exchange(HttpMethod method, @Nullable JsonNode message, Duration most) throws McpException {
        Map<String, String> headers = new HashMap<>();
        peer.credential().ifPresent(header -> headers.put(header.getKey(), header.getValue()));
        headers.put("user-agent", "Jarvis");
        headers.put("accept", "application/json, text/event-stream");
        if (message != null) {
            headers.put("content-type", "application/json");
        }
        Optional.ofNullable(sessionId).ifPresent(id -> headers.put("mcp-session-id", id));
        Optional.ofNullable(version).ifPresent(spoken -> headers.put("mcp-protocol-version", spoken));
        try {
            return http.exchange(
                    method, peer.url(), headers, message == null ? new byte[0] : Wire.bytes(message), most);
        } catch (NoAnswerException e) {
            throw unanswered(e.reason());
        }
    }

    private void keepSession(String id) {
        if (sessionId == null
                && !id.isEmpty()
                && id.length() <= 1024
                && id.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            sessionId = id;
        }
    }

    private void requireSuccess(Exchange.Head head) throws McpException {
        int status = head.status();
        if (status >= 200 && status < 300) {
            return;
        }
        if (status >= 300 && status < 400) {
            throw new McpException(
                    McpException.Kind.REDIRECTED,
                    "The server answers with a redirect (HTTP " + status
                            + "), which is not followed. Use the address that it leads to.");
        }
        if (status == 401 || status == 403) {
            throw new McpException(
                    McpException.Kind.UNAUTHORIZED,
                    "The server does not accept the credential that is kept for it (HTTP " + status + ").");
        }
        if (status == 404 && sessionId != null) {
            throw new McpException(McpException.Kind.SESSION_GONE, "The server has ended the session.");
        }
        if (version == null && (status == 404 || status == 405)) {
            throw new McpException(
                    McpException.Kind.NOT_MCP,
                    "There is no MCP server with Streamable HTTP at this address (HTTP " + status
                            + "). The older transport with a separate SSE address is not supported.");
        }
        throw new McpException(McpException.Kind.BAD_ANSWER, "The server answers HTTP " + status + ".");
    }

    private JsonNode answer(long id, Exchange.Head head, Exchange exchange, Timer timer)
            throws McpException, NoAnswerException {
        String type = head.header("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replaceFirst(";.*", "")
                .strip();
        return switch (type) {
            case "application/json" -> whole(id, exchange, timer);
            case "text/event-stream" -> streamed(id, exchange, timer);
            default ->
                throw new McpException(
                        McpException.Kind.NOT_MCP,
                        "The server answers with neither JSON nor an event stream: '" + Wire.plain(type) + "'.");
        };
    }

    private JsonNode whole(long id, Exchange exchange, Timer timer) throws McpException, NoAnswerException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Optional<byte[]> piece = exchange.next(timer.left());
                piece.isPresent();
                piece = exchange.next(timer.left())) {
            body.writeBytes(piece.get());
            requireBounded(body.size());
        }
        for (JsonNode message : messages(Wire.read(body.toByteArray()))) {
            Optional<JsonNode> result = result(id, message);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new McpException(McpException.Kind.BAD_ANSWER, "The server's answer does not belong to the request.");
    }

    private JsonNode streamed(long id, Exchange exchange, Timer timer) throws McpException, NoAnswerException {
        EventReader events = new EventReader();
        long read = 0;
        int asked = 0;
        for (Optional<byte[]> piece = exchange.next(timer.left());
                piece.isPresent();
                piece = exchange.next(timer.left())) {
            read += piece.get().length;
            requireBounded(read);
            events.read(piece.get());
            for (Optional<byte[]> data = events.next(); data.isPresent(); data = events.next()) {
                for (JsonNode message : messages(Wire.read(data.get()))) {
                    Optional<JsonNode> result = result(id, message);
                    if (result.isPresent()) {
                        return result.get();
                    }
                    asked += hear(id, message, timer, asked) ? 1 : 0;
                }
            }
        }
        throw new McpException(McpException.Kind.BAD_ANSWER, "The server ended its answer before the result came.");
    }

    /** Servers of 2025-03-26 may send several messages as one list. */
    private static Iterable<JsonNode> messages(JsonNode body) {
        return body.isArray() ? body : List.of(body);
    }

    private static void requireBounded(long bytes) throws McpException {
        if (bytes > MOST_BYTES) {
            throw new McpException(
                    McpException.Kind.TOO_LARGE,
                    "The server's answer is longer than " + MOST_BYTES / 1024 / 1024 + " MiB.");
        }
    }

    /** The result, if the message is the answer to the request. */
    private static Optional<JsonNode> result(long id, JsonNode message) throws McpException {
        JsonNode answered = message.path("id");
        if (message.has("method") || !answered.isIntegralNumber() || answered.longValue() != id) {
            return Optional.empty();
        }
        JsonNode error = message.path("error");
        if (error.isObject()) {
            throw new McpException(
                    McpException.Kind.REFUSED,
                    "The server refuses: " + Wire.plain(error.path("message").asString("")) + " (JSON-RPC "
                            + error.path("code").asLong(0) + ").");
        }
        if (!message.path("result").isObject()) {
            throw new McpException(
                    McpException.Kind.BAD_ANSWER, "The server's answer has neither a result nor an error.");
        }
        return Optional.of(message.path("result"));
    }

    /** @return whether the server asked for something */
    private boolean hear(long id, JsonNode message, Timer timer, int asked) throws McpException {
        String method = message.path("method").asString("");
        if (message.has("id") && !method.isEmpty()) {
            if (asked < MOST_REQUESTS_OF_SERVER) {
                reply(message.path("id"), method);
            }
            return true;
        }
        if (method.equals("notifications/progress")
                && message.path("params").path("progressToken").asLong(-1) == id) {
            timer.again();
        }
        if (method.equals("notifications/tools/list_changed")) {
            listChanged = true;
        }
        return false;
    }

    private void reply(JsonNode id, String method) throws McpException {
        ObjectNode reply = Wire.NODES.objectNode().put("jsonrpc", "2.0");
        reply.set("id", id);
        if (method.equals("ping")) {
            reply.putObject("result");
        } else {
            reply.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "This client does not do that.");
        }
        notify(reply, SHORT);
    }

    /** Sends what is not answered. */
    private void notify(JsonNode message, Duration patience) throws McpException {
        try (Exchange exchange = exchange(HttpMethod.POST, message, patience)) {
            requireSuccess(exchange.begin(patience));
        } catch (NoAnswerException e) {
            throw unanswered(e.reason());
        }
    }

    /** Without waiting: whoever stopped the call is not kept, and the server may be the reason. */
    private void cancel(long id, String reason) {
        ObjectNode message = Wire.notification("notifications/cancelled");
        message.putObject("params").put("requestId", id).put("reason", reason);
        cancelling = Optional.of(Thread.startVirtualThread(() -> {
            try {
                notify(message, SHORT);
            } catch (McpException e) {
                // It gave no answer before either; there is nothing left to do for it.
            }
        }));
    }

    /** Tells the server that the session is over, without waiting. */
    @Override
    public void close() {
        if (sessionId == null) {
            return;
        }
        Optional<Thread> first = cancelling;
        Thread.startVirtualThread(() -> {
            try {
                if (first.isPresent()) {
                    first.get().join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            try (Exchange exchange = exchange(HttpMethod.DELETE, null, SHORT)) {
                exchange.begin(SHORT);
            } catch (McpException | NoAnswerException e) {
                // A server ends sessions that nobody uses by itself, and may not let clients do so.
            }
        });
    }

    private static McpException unanswered(String reason) {
        return switch (reason) {
            case "forbidden_target" ->
                new McpException(
                        McpException.Kind.FORBIDDEN_TARGET,
                        "The server's address is not public, and not inside JARVIS_UPSTREAM_ALLOW.");
            case "timeout" -> new McpException(McpException.Kind.TIMEOUT, "The server did not answer in time.");
            case "unknown_host" ->
                new McpException(McpException.Kind.UNREACHABLE, "There is no host of the server's name.");
            case "tls_failed" ->
                new McpException(McpException.Kind.UNREACHABLE, "The server's certificate is not valid.");
            case "connect_failed" -> new McpException(McpException.Kind.UNREACHABLE, "The server cannot be reached.");
            default -> new McpException(McpException.Kind.UNREACHABLE, "The connection to the server broke.");
        };
    }

    /** What is left of the time for an answer. */
    private static final class Timer {
        private final Duration patience;
        private final Instant last;
        private Instant due;

        Timer(Duration patience, Duration most) {
            this.patience = patience;
            this.last = Instant.now().plus(most);
            again();
        }

        void again() {
            Instant next = Instant.now().plus(patience);
            due = next.isBefore(last) ? next : last;
        }

        Duration left() {
            return Duration.between(Instant.now(), due);
        }

        Duration most() {
            Duration left = Duration.between(Instant.now(), last);
            return left.isPositive() ? left : Duration.ofMillis(1);
        }
    }
}
