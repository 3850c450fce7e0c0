package dev.jarvis.server.console;

import dev.jarvis.platform.http.Answers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes a whole answer to GET, and its head alone to HEAD. */
final class Sending {
    private Sending() {}

    static void send(HttpServerRequest request, int status, String mediaType, Buffer body) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader("content-type", mediaType);
        refuseABody(request);
        Answers.end(request, body);
        request.resume();
    }

    static void notModified(HttpServerRequest request) {
        refuseABody(request);
        request.response().setStatusCode(304).end();
        request.resume();
    }

    /** Nobody sends a body with these requests; if somebody does, nothing after it is taken for a request. */
    private static void refuseABody(HttpServerRequest request) {
        if (hasBody(request)) {
            request.response().putHeader("connection", "close");
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.headers().contains("transfer-encoding") || (length != null && !length.equals("0"));
    }
}
