package dev.jarvis.server.engine;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody who uses agents over HTTP, as the console does. */
final class EngineUser {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    static final String PASSWORD = "a long enough password";

    private final Api api;

    EngineUser(Api api) {
        this.api = api;
    }

    static EngineUser create(TestingServer server, String name) {
        server.admin()
                .post("/api/v1/users", Map.of("username", name, "email", name + "@example.com", "password", PASSWORD))
                .expect(201);
        return new EngineUser(server.anonymous().as(server.login(name, PASSWORD)));
    }

    Api api() {
        return api;
    }

    String agent(String model, Map<String, ?> fields) {
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("name", "Test agent");
        agent.put("model", Map.of("model_id", model));
        agent.putAll(fields);
        return api.post("/api/v1/agents", agent).expect(201).text("/id");
    }

    String conversation(String agent) {
        return api.post("/api/v1/conversations", Map.of("agent_id", agent))
                .expect(201)
                .text("/id");
    }

    /** The run's id. */
    String send(String conversation, String text) {
        return api.post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", text))
                .expect(202)
                .text("/run/id");
    }

    /** All events of a run; waits for its end. */
    List<JsonNode> events(String run) {
        return events(run, 0);
    }

    List<JsonNode> events(String run, int after) {
        ApiAnswer answer =
                api.get("/api/v1/runs/" + run + "/events?after=" + after).expect(200);
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> MAPPER.readTree(line.substring(5)))
                .toList();
    }

    ApiAnswer run(String run) {
        return api.get("/api/v1/runs/" + run).expect(200);
    }

    /** How a run ended: the code of its last event. Waits for it. */
    String failure(String run) {
        JsonNode last = events(run).getLast();
        if (!last.path("type").asString().equals("run.failed")) {
            throw new AssertionError("the run did not fail: " + last);
        }
        return last.path("code").asString();
    }

    /** Waits until a run has one of these states. */
    ApiAnswer await(String run, String... status) {
        return Await.value(
                "run " + run + " is " + String.join(" or ", status),
                Duration.ofSeconds(30),
                () -> run(run),
                answer -> List.of(status).contains(answer.text("/run/status")));
    }

    static String text(List<JsonNode> events, String type) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.path("type").asString().equals(type))
                .forEach(event -> text.append(event.path("text").asString("")));
        return text.toString();
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }
}
