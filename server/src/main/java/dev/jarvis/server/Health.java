package dev.jarvis.server;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import io.vertx.core.http.HttpMethod;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /health/live}: the process answers. {@code /health/ready}: it can serve, or the reasons why not; during shutdown
 * it is not ready, so that no new work is sent here.
 */
final class Health {
    private final List<ReadinessCheck> checks;
    private volatile boolean closing;

    Health(List<ReadinessCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/health/live", Access.PUBLIC, this::live)
                .add(HttpMethod.GET, "/health/ready", Access.PUBLIC, this::ready);
    }

    /** From now on not ready. */
    void announceClosing() {
        closing = true;
    }

    private Reply live(Call call) {
        return Reply.ok(Map.of("status", "live"));
    }

    private Reply ready(Call call) {
        Map<String, Object> results = new LinkedHashMap<>();
        boolean ready = !closing;
        if (closing) {
            results.put("server", result(Optional.of("The server is shutting down.")));
        }
        for (ReadinessCheck check : checks) {
            Optional<String> problem = check.problem().get();
            ready &= problem.isEmpty() || !check.isRequired();
            results.put(check.name(), result(problem));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", ready ? "ready" : "not_ready");
        body.put("checks", results);
        return Reply.json(ready ? 200 : 503, body);
    }

    private static Map<String, Object> result(Optional<String> problem) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ok", problem.isEmpty());
        problem.ifPresent(reason -> result.put("reason", reason));
        return result;
    }
}
