package dev.jarvis.server;

import dev.jarvis.engine.Engine;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.model.GatewayHttp;
import dev.jarvis.gateway.door.OtherModels;
import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.http.RequestHandler;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.PageRequest;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The engine's place in a process without it: what is for agents is passed on to the engine that the settings name, so that
 * clients and the console need one address; or refused, if they name none.
 */
final class EngineElsewhere implements Routes, OtherModels, AutoCloseable {
    private static final int MOST_LISTED = 200;
    private static final List<String> CREDENTIALS = List.of("authorization", "x-api-key");
    private static final List<String> PASSED_ON = List.of("content-type", "x-jarvis-run-id", "retry-after");

    private final Optional<URI> engine;
    private final Agents agents;
    private final GatewayHttp http;

    EngineElsewhere(Optional<URI> engine, Jdbi jdbi) {
        this.engine = engine;
        this.agents = new Agents(jdbi, new ControlTrail(jdbi));
        this.http = new GatewayHttp(() -> engine.orElseThrow(EngineElsewhere::nowhere));
    }

    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        RequestHandler handler = engine.<RequestHandler>map(url -> new EngineProxy(vertx, url))
                .orElse((request, scope) -> Answers.refuse(request, scope.requestId(), nowhere()));
        Engine.PATHS.forEach(path -> table.under(path, handler));
    }

    /** From the table, which the gateway may read as well: a list of models must not wait for the engine. */
    @Override
    public List<Listed> list(Identity caller) {
        if (engine.isEmpty()) {
            return List.of();
        }
        return agents.list(caller, false, null, new PageRequest(1, MOST_LISTED)).data().stream()
                .map(PluggedAgents::listed)
                .toList();
    }

    @Override
    public Optional<Listed> find(Identity caller, String model) {
        return engine.flatMap(there -> agents.findSlug(caller, model.substring(PREFIX.length())))
                .map(PluggedAgents::listed);
    }

    @Override
    public Reply answer(Call call, String model) throws InterruptedException {
        HttpRequest.Builder request = http.request("/v1/chat/completions")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        for (String name : CREDENTIALS) {
            call.headers().getAll(name).forEach(value -> request.header(name, value));
        }
        try {
            HttpResponse<InputStream> response =
                    http.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            Map<String, String> headers = new TreeMap<>();
            PASSED_ON.forEach(name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
            return headers.getOrDefault("content-type", "").startsWith("text/event-stream")
                    ? streamed(response, headers)
                    : whole(response, headers);
        } catch (IOException e) {
            throw EngineProxy.unavailable();
        }
    }

    private static Reply whole(HttpResponse<InputStream> response, Map<String, String> headers) throws IOException {
        try (InputStream body = response.body()) {
            return new Reply(response.statusCode(), headers, body.readAllBytes());
        }
    }

    /** A client that leaves closes the way to the engine too, which then stops the run. */
    private static Reply streamed(HttpResponse<InputStream> response, Map<String, String> headers) {
        return new Reply(response.statusCode(), headers, new byte[0], Optional.of(out -> {
            try (InputStream body = response.body()) {
                byte[] buffer = new byte[8 * 1024];
                for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
                    out.write(buffer, 0, got);
                    out.flush();
                }
            }
        }));
    }

    private static Refusal nowhere() {
        return Refusal.notFound(
                "engine_not_here",
                "This server runs without the engine, which serves agents, conversations and runs. Call an engine, or"
                        + " have the operator set JARVIS_ENGINE_URL.");
    }

    @Override
    public void close() {
        http.close();
    }
}
