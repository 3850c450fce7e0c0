package dev.jarvis.server.console;

import io.vertx.core.http.HttpServerRequest;

/** What is answered to a browser that asks for a page. */
@FunctionalInterface
interface Page {
    void send(HttpServerRequest request);
}
