package dev.jarvis.engine.credential;

import dev.jarvis.engine.model.GatewayHttp;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.vault.Secret;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Exchanges a caller's credential for a delegated token at the control plane: what a run may is what its caller may. */
public final class Delegations {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GatewayHttp http;

    public Delegations(GatewayHttp http) {
        this.http = http;
    }

    /**
     * For an hour, these models only.
     *
     * @throws Refusal as the control plane refuses, or 503 {@code control_unavailable}
     */
    public Delegated delegate(Call call, String actor, List<String> models) {
        String body = Json.MAPPER.writeValueAsString(Map.of("actor", actor, "models", models));
        HttpRequest.Builder request = http.request("/api/v1/auth/delegate")
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (String name : List.of("authorization", "x-api-key")) {
            call.headers().getAll(name).forEach(value -> request.header(name, value));
        }
        try {
            HttpResponse<byte[]> response =
                    http.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.MAPPER.readTree(response.body());
            if (response.statusCode() != 200) {
                throw refused(response.statusCode(), answer.path("error"));
            }
            return new Delegated(
                    new Secret(answer.path("access_token").asString()),
                    Instant.now().plusSeconds(answer.path("expires_in").asLong()));
        } catch (IOException e) {
            throw Refusal.unavailable(
                    "control_unavailable", "The control plane does not answer, so no run can be started. Try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("server_stopping", "This server is stopping. Try again.");
        }
    }

    private static Refusal refused(int status, JsonNode error) {
        String code = error.path("code").asString("control_unavailable");
        return new Refusal(
                status < 500 ? status : 503,
                error.path("type").asString("server_error"),
                code,
                error.path("message").asString("The control plane refused to delegate."),
                null,
                Map.of());
    }
}
