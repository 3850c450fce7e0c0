package dev.jarvis.server.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An MCP server that does what a test says: well enough by itself, and otherwise what no server should. */
public final class RudeMcpServer implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Answers a request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange, JsonNode message) throws IOException;
    }

    /** What came: its JSON-RPC method, its body and its headers. */
    public record Received(String method, JsonNode message, Map<String, List<String>> headers) {
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private final HttpServer http;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger pouring = new AtomicInteger();
    private volatile String tools = "[]";
    private volatile String session = "";

    public RudeMcpServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
        http.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
    }

    /** What it lists from now on, as JSON. */
    public void lists(String... json) {
        tools = "[" + String.join(",", json) + "]";
    }

    public static String tool(String name, String description, String schema) {
        return "{\"name\":%s,\"description\":%s,\"inputSchema\":%s}"
                .formatted(MAPPER.writeValueAsString(name), MAPPER.writeValueAsString(description), schema);
    }

    /** A tool without arguments. */
    public static String tool(String name) {
        return tool(name, "Does it.", "{\"type\":\"object\"}");
    }

    /** Answers a method otherwise than well. */
    public void answers(String method, Answer answer) {
        answers.put(method, answer);
    }

    /** Answers calls with a result, as JSON. */
    public void returns(String result) {
        answers("tools/call", (exchange, message) -> result(exchange, message, result));
    }

    /** Gives sessions this id, from now on. */
    public void session(String id) {
        session = id;
    }

    /** Well-behaved again, with nothing received. */
    public void reset() {
        answers.clear();
        received.clear();
        tools = "[]";
        session = "";
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<String> methods() {
        return received.stream().map(Received::method).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode message = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
            String method = message.path("method").asString(exchange.getRequestMethod());
            received.add(new Received(method, message, Map.copyOf(exchange.getRequestHeaders())));
            Answer answer = answers.get(method);
            if (answer != null) {
                answer.to(exchange, message);
                return;
            }
            switch (method) {
                case "initialize" ->
                    result(
                            exchange,
                            message,
                            "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                                    + "\"serverInfo\":{\"name\":\"rude\",\"version\":\"1\"}}");
                case "tools/list" -> result(exchange, message, "{\"tools\":" + tools + "}");
                case "tools/call" -> result(exchange, message, "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}");
                default -> exchange.sendResponseHeaders(202, -1);
            }
        }
    }

    /** A good answer. */
    public void result(HttpExchange exchange, JsonNode message, String result) throws IOException {
        send(
                exchange,
                200,
                "application/json",
                ("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Any answer. */
    public void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        if (!session.isEmpty()) {
            exchange.getResponseHeaders().set("Mcp-Session-Id", session);
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Goes on sending a piece until nobody reads it. */
    public void sendForever(HttpExchange exchange, String type, String piece) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        pouring.incrementAndGet();
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(bytes);
                out.flush();
            }
        } finally {
            pouring.decrementAndGet();
        }
    }

    /** How many answers without end are being sent. */
    public int pouring() {
        return pouring.get();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
