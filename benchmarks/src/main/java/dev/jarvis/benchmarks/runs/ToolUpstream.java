package dev.jarvis.benchmarks.runs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * A provider whose model thinks for a while and then asks for a tool, until a run has had its steps; then it answers. Between
 * the end of one answer and the request for the next lies what Jarvis takes for a step: the engine, its tool, the gateway and
 * PostgreSQL together.
 */
final class ToolUpstream implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final int steps;
    private final Duration think;
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final Histogram between = new ConcurrentHistogram(3);
    private final LongAdder served = new LongAdder();

    /** @param steps how often the model is asked in a run */
    ToolUpstream(int steps, Duration think) throws IOException {
        this.steps = steps;
        this.think = think;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    long served() {
        return served.sum();
    }

    /** Microseconds from the end of an answer to the request for the next step of the same run. */
    Histogram between() {
        return between;
    }

    private void answer(HttpExchange exchange) throws IOException {
        long arrived = System.nanoTime();
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        JsonNode messages = request.path("messages");
        String run = messages.path(0).path("content").asString("");
        Long before = answered.remove(run);
        if (before != null) {
            between.recordValue((arrived - before) / 1_000);
        }
        served.increment();
        sleep(think);
        exchange.getResponseHeaders().add("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        int asked = messages.size() / 2 + 1;
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(events(asked).getBytes(StandardCharsets.UTF_8));
            if (asked < steps) {
                answered.put(run, System.nanoTime());
            }
        }
    }

    private String events(int asked) {
        String delta = asked < steps
                ? "{\"tool_calls\":[{\"index\":0,\"id\":\"call_" + asked
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"calculator\",\"arguments\":\"{\\\"expression\\\":\\\""
                        + asked + "+1\\\"}\"}}]}"
                : "{\"content\":\"finished\"}";
        return event("{\"role\":\"assistant\"}", "null")
                + event(delta, "null")
                + event("{}", asked < steps ? "\"tool_calls\"" : "\"stop\"")
                + "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"bench\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":20,\"total_tokens\":220}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static String event(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"bench\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
