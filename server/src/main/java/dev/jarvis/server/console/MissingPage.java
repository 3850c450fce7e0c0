package dev.jarvis.server.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.nio.charset.StandardCharsets;

/** What a server that was built without the console answers. */
final class MissingPage implements Page {
    private static final Buffer TEXT = Buffer.buffer("""
            Jarvis runs, but was built without its web console.

            Build it, and start again:   ./mvnw -q -DskipTests package && ./jarvis serve
            The API is described at      /api/v1/openapi/control.yaml and /api/v1/openapi/gateway.yaml
            """.getBytes(StandardCharsets.UTF_8));

    @Override
    public void send(HttpServerRequest request) {
        PageHeaders.addTo(request.response(), "default-src 'none'; frame-ancestors 'none'");
        request.response().putHeader("cache-control", "no-store");
        Sending.send(request, 404, "text/plain; charset=utf-8", TEXT);
    }
}
