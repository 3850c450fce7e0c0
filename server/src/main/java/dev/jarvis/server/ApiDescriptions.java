package dev.jarvis.server;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Reply;
import io.vertx.core.http.HttpMethod;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The OpenAPI descriptions of {@code docs/api}, as the server serves them: {@code /api/v1/openapi/gateway.yaml} and so on. */
final class ApiDescriptions {
    private static final List<String> NAMES = List.of("gateway.yaml", "control.yaml", "engine.yaml");

    private ApiDescriptions() {}

    static void addTo(BlockingEndpoints endpoints) {
        for (String name : NAMES) {
            Reply description = Reply.text("application/yaml", read(name));
            endpoints.add(HttpMethod.GET, "/api/v1/openapi/" + name, Access.PUBLIC, call -> description);
        }
    }

    private static String read(String name) {
        try (InputStream resource = ApiDescriptions.class.getResourceAsStream("/api/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("/api/" + name + " is not packaged");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
