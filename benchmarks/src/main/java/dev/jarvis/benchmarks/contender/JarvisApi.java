package dev.jarvis.benchmarks.contender;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The few calls of Jarvis's own API that set a benchmark up and check it afterwards. */
final class JarvisApi {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String base;
    private @Nullable String token;

    JarvisApi(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** Whether it says that it is ready. */
    boolean ready() throws InterruptedException {
        try {
            return send(request("/health/ready").GET()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Also again: access tokens do not last as long as a run. */
    void logIn(String email, String password) throws IOException, InterruptedException {
        token = null;
        JsonNode answer = post("/api/v1/auth/login", Map.of("username", email, "password", password));
        token = text(answer, "access_token");
    }

    /** Adds a model that is served by the mock upstream. */
    void addModel(String modelId, String baseUrl) throws IOException, InterruptedException {
        post(
                "/api/v1/llm-models",
                Map.ofEntries(
                        Map.entry("name", "Benchmark " + modelId),
                        Map.entry("model_id", modelId),
                        Map.entry("provider", "openai"),
                        Map.entry("type", "text"),
                        Map.entry("base_url", baseUrl),
                        Map.entry("auth_type", "api_key"),
                        Map.entry("key_usage_mode", "single"),
                        Map.entry("upstream_model", "bench"),
                        Map.entry("api_keys", java.util.List.of(Map.of("key", "provider-key", "status", "enabled"))),
                        Map.entry("max_tokens", 4096),
                        Map.entry("context_window", 128000),
                        Map.entry("input_price", 2.5),
                        Map.entry("output_price", 10),
                        Map.entry("currency", "USD")));
    }

    /** Makes a caller key and returns it: the one string in the answer that looks like one. */
    String addCallerKey() throws IOException, InterruptedException {
        JsonNode answer = post("/api/v1/keys", Map.of("name", "benchmark"));
        return answer.findValuesAsString("key").stream()
                .filter(value -> value.startsWith("sk-jv-"))
                .findFirst()
                .orElseThrow(() -> new IOException("no caller key in the answer of POST /api/v1/keys"));
    }

    /**
     * Sets budgets on the user, its team and the organisation, and rate limits on the user, its keys and all models: so high
     * that no run reaches them, but each request is reserved in and counted by all of them.
     */
    void limitEverything() throws IOException, InterruptedException {
        JsonNode me = checked(send(request("/api/v1/auth/me").GET()));
        String user = text(me, "id");
        budget(Map.of("scope", "organisation"));
        budget(Map.of("scope", "team", "subject_id", text(me.path("team"), "id")));
        budget(Map.of("scope", "user", "subject_id", user));
        rateLimit("user", user);
        for (JsonNode key : checked(send(request("/api/v1/keys").GET())).path("data")) {
            rateLimit("caller_key", text(key, "id"));
        }
        for (JsonNode model : models()) {
            rateLimit("model", text(model, "id"));
        }
    }

    /** Has the bodies of all models' calls masked and kept. */
    void keepBodies() throws IOException, InterruptedException {
        for (JsonNode model : models()) {
            put("/api/v1/body-policies/model/" + text(model, "id"), Map.of("policy", "masked"));
        }
    }

    private JsonNode models() throws IOException, InterruptedException {
        return checked(send(request("/api/v1/llm-models").GET())).path("data");
    }

    private void budget(Map<String, String> of) throws IOException, InterruptedException {
        Map<String, String> budget = new HashMap<>(of);
        budget.putAll(Map.of("name", of.get("scope"), "unit", "USD", "amount", "100000000", "period", "month"));
        post("/api/v1/budgets", budget);
    }

    private void rateLimit(String scope, String subject) throws IOException, InterruptedException {
        put(
                "/api/v1/rate-limits/" + scope + "/" + subject,
                Map.of(
                        "requests_per_minute",
                        Integer.MAX_VALUE,
                        "tokens_per_minute",
                        Integer.MAX_VALUE,
                        "concurrent_requests",
                        Integer.MAX_VALUE));
    }

    /** Whether a chat request with the caller key is answered. */
    boolean answersChat(String callerKey, String modelId) throws InterruptedException {
        try {
            String body = JSON.writeValueAsString(Map.of(
                    "model", modelId, "messages", java.util.List.of(Map.of("role", "user", "content", "[[json]]"))));
            HttpRequest.Builder chat = HttpRequest.newBuilder(URI.create(base + "/v1/chat/completions"))
                    .timeout(PATIENCE)
                    .header("authorization", "Bearer " + callerKey)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            return send(chat).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How many attempts the usage report of everybody has. */
    long attempts() throws IOException, InterruptedException {
        JsonNode report = checked(send(request("/api/v1/usage").GET()));
        long sum = 0;
        for (JsonNode currency : report.path("totals")) {
            sum += currency.path("attempts").asLong();
        }
        return sum;
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return checked(send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))));
    }

    private void put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        checked(send(request(path)
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        return token == null ? builder : builder.header("authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode checked(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    response.request().method() + " " + response.request().uri().getPath() + " was answered with "
                            + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private static String text(JsonNode answer, String name) throws IOException {
        String value = answer.path(name).asString("");
        if (value.isEmpty()) {
            throw new IOException("no " + name + " in an answer of its API");
        }
        return value;
    }
}
