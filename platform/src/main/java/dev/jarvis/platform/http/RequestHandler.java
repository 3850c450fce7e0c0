package dev.jarvis.platform.http;

import io.vertx.core.http.HttpServerRequest;

/** What a route does with a request. Called on the event loop of the connection, and never blocks it. */
@FunctionalInterface
public interface RequestHandler {
    void handle(HttpServerRequest request, RequestScope scope);
}
