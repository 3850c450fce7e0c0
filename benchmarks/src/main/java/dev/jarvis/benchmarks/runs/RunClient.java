package dev.jarvis.benchmarks.runs;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Somebody who makes an agent and sends it messages, as the console does. */
final class RunClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String gateway;
    private final String engine;
    private @Nullable String token;

    RunClient(String gateway, String engine) {
        this.gateway = gateway;
        this.engine = engine;
    }

    /** A model at the upstream, and a caller key for the rest of the work: an access token would expire. */
    void setUp(String email, String password, String upstream) throws IOException, InterruptedException {
        token = post(gateway, "/api/v1/auth/login", Map.of("username", email, "password", password))
                .path("access_token")
                .asString();
        post(
                gateway,
                "/api/v1/llm-models",
                Map.ofEntries(
                        Map.entry("name", "Benchmark"),
                        Map.entry("model_id", "bench"),
                        Map.entry("provider", "openai"),
                        Map.entry("type", "text"),
                        Map.entry("base_url", upstream),
                        Map.entry("auth_type", "bearer"),
                        Map.entry("key_usage_mode", "single"),
                        Map.entry("api_keys", List.of(Map.of("key", "provider-key", "status", "enabled"))),
                        Map.entry("input_price", "2.5"),
                        Map.entry("output_price", "10"),
                        Map.entry("currency", "USD")));
        token = post(gateway, "/api/v1/keys", Map.of("name", "benchmark"))
                .path("key")
                .asString();
    }

    String agent(int steps) throws IOException, InterruptedException {
        return post(
                        engine,
                        "/api/v1/agents",
                        Map.of(
                                "name", "Benchmark",
                                "model", Map.of("model_id", "bench"),
                                "limits", Map.of("max_steps", Math.min(100, steps * 3), "max_tokens", 1_000_000),
                                "tools", List.of(Map.of("type", "builtin", "name", "calculator"))))
                .path("id")
                .asString();
    }

    /** Sends a message and follows its run; how it ended: {@code run.done} or the reason. */
    String run(String agent, String message) throws IOException, InterruptedException {
        String conversation = post(engine, "/api/v1/conversations", Map.of("agent_id", agent))
                .path("id")
                .asString();
        String run = post(engine, "/api/v1/conversations/" + conversation + "/messages", Map.of("text", message))
                .at("/run/id")
                .asString();
        HttpResponse<Stream<String>> events = http.send(
                request(engine, "/api/v1/runs/" + run + "/events").GET().build(), HttpResponse.BodyHandlers.ofLines());
        if (events.statusCode() != 200) {
            throw new IOException("the events of run " + run + " were answered with " + events.statusCode());
        }
        try (Stream<String> lines = events.body()) {
            JsonNode last = lines.filter(line -> line.startsWith("data: "))
                    .reduce((before, after) -> after)
                    .map(line -> JSON.readTree(line.substring("data: ".length())))
                    .orElseThrow(() -> new IOException("no events of run " + run));
            String type = last.path("type").asString();
            return type.equals("run.done") ? type : last.path("code").asString("cut off");
        }
    }

    private JsonNode post(String base, String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request(base, path)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    "POST " + path + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private HttpRequest.Builder request(String base, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("content-type", "application/json");
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        http.close();
    }
}
