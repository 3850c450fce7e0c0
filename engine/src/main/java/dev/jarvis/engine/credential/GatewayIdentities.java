package dev.jarvis.engine.credential;

import dev.jarvis.engine.model.GatewayHttp;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who calls, asked at the control plane with the caller's own credential ({@code GET /api/v1/auth/me}): an engine apart can
 * read neither users nor sessions nor keys. Asked at every call, so that a logout holds at the next one.
 */
public final class GatewayIdentities implements Identities {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GatewayHttp http;

    public GatewayIdentities(GatewayHttp http) {
        this.http = http;
    }

    /** @throws Refusal 503 {@code control_unavailable} if the control plane cannot be asked */
    @Override
    public IdentityCheck check(Credential credential) {
        return switch (credential) {
            case Credential.Missing ignored -> new IdentityCheck.Unknown();
            case Credential.Malformed ignored -> new IdentityCheck.Unknown();
            case Credential.AccessToken token -> ask(token.value());
            case Credential.CallerKey key -> ask(key.value());
        };
    }

    private IdentityCheck ask(String value) {
        try {
            HttpResponse<byte[]> response = http.client()
                    .send(
                            http.request("/api/v1/auth/me")
                                    .timeout(PATIENCE)
                                    .header("authorization", "Bearer " + value)
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.MAPPER.readTree(response.body());
            return switch (response.statusCode()) {
                case 200 -> new IdentityCheck.Admitted(identity(answer));
                case 401 -> notAdmitted(answer.path("error").path("code").asString(""));
                default -> throw unavailable();
            };
        } catch (IOException | JacksonException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("server_stopping", "This server is stopping. Try again.");
        }
    }

    private static Refusal unavailable() {
        return Refusal.unavailable(
                "control_unavailable", "The control plane does not answer, so nobody can be recognised. Try again.");
    }

    private static IdentityCheck notAdmitted(String code) {
        return switch (code) {
            case "token_expired" -> new IdentityCheck.Expired();
            case "credentials_blocked" -> new IdentityCheck.Blocked();
            default -> new IdentityCheck.Unknown();
        };
    }

    private static Identity identity(JsonNode me) {
        Optional<Set<String>> models = me.path("allowed_models").isArray()
                ? Optional.of(me.path("allowed_models")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.toUnmodifiableSet()))
                : Optional.empty();
        return new Identity(
                UUID.fromString(me.path("id").asString()),
                me.path("username").asString(),
                Role.of(me.path("role").asString()),
                UUID.fromString(me.path("team").path("id").asString()),
                text(me, "caller_key_id").map(UUID::fromString),
                Optional.empty(),
                models,
                text(me, "expires_at").map(Instant::parse).orElse(Instant.MAX));
    }

    private static Optional<String> text(JsonNode object, String name) {
        return Optional.of(object.path(name)).filter(JsonNode::isString).map(JsonNode::asString);
    }
}
