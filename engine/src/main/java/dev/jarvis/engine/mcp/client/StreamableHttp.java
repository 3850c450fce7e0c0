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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Messages to one server and back over Streamable HTTP, within a session. Blocking, of one thread; each request is a POST whose
 * answer is JSON or a stream of events. Every answer is bounded in bytes and time, redirects are not followed, and nothing that a
 * server asks of its client is granted but a ping.
 */
final class StreamableHttp implements AutoCloseable {
    static final Duration LONGEST = Duration.ofMinutes(10);
    static final Duration SHORT = Duration.ofSeconds(5);

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int MOST_REQUESTS_OF_SERVER = 20;
    private static final int METHOD_NOT_FOUND = -32601;

    private final GuardedHttp http;
    private final Peer peer;
    private final OwnSecret secret;
    private @Nullable String sessionId;
    private @Nullable String version;
    private boolean listChanged;
    private long lastId;
    private Optional<Thread> cancelling = Optional.empty();

    StreamableHttp(GuardedHttp http, Peer peer) {
        this.http = http;
        this.peer = peer;
        this.secret = OwnSecret.of(peer);
    }

    /** From now on it is said with each request. */
    void speaks(String agreed) {
        version = agreed;
    }

    /** Whether the server said that its tools are others now than those listed last. */
    boolean toolsChanged() {
        return listChanged;
    }

    /** They are listed now. */
    void toolsListed() {
        listChanged = false;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param most how long it may take, whatever progress is reported
     */
    JsonNode request(String method, ObjectNode params, Duration most, Stop stop) throws McpException {
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
                    : McpException.unanswered(e.reason());
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
                    method, peer.url(), headers, message == null ? new byte[0] : Wire.bytes(message), most, MOST_BYTES);
        } catch (NoAnswerException e) {
            throw McpException.unanswered(e.reason());
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
        for (JsonNode message : messages(secret.removedFrom(Wire.read(body.toByteArray())))) {
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
                for (JsonNode message : messages(secret.removedFrom(Wire.read(data.get())))) {
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
    void notify(JsonNode message, Duration patience) throws McpException {
        try (Exchange exchange = exchange(HttpMethod.POST, message, patience)) {
            requireSuccess(exchange.begin(patience));
        } catch (NoAnswerException e) {
            throw McpException.unanswered(e.reason());
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
}
