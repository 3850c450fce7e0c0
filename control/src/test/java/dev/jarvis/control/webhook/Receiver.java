package dev.jarvis.control.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program outside that takes events: 204, or what it was told to answer next. */
final class Receiver implements AutoCloseable {
    /** What came. */
    record Received(String id, String timestamp, String signature, String path, byte[] body) {}

    private record Planned(int status, String location) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Deque<Planned> planned = new ConcurrentLinkedDeque<>();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    void answerNext(int status) {
        planned.add(new Planned(status, ""));
    }

    void redirectNext(int status, String location) {
        planned.add(new Planned(status, location));
    }

    void forget() {
        received.clear();
        planned.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    exchange.getRequestURI().toString(),
                    body));
            Planned answer = planned.isEmpty() ? new Planned(204, "") : planned.remove();
            if (!answer.location().isEmpty()) {
                exchange.getResponseHeaders().add("location", answer.location());
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
