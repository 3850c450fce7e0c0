package dev.jarvis.server.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes a whole answer to GET, and its head alone to HEAD. */
final class Sending {
    private Sending() {}

    static void send(HttpServerRequest request, int status, String mediaType, Buffer body) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader("content-type", mediaType);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", Integer.toString(body.length()));
            end(request, Buffer.buffer());
        } else {
            end(request, body);
        }
    }

    static void notModified(HttpServerRequest request) {
        request.response().setStatusCode(304);
        end(request, Buffer.buffer());
    }

    /** Nobody sends a body with these requests; if somebody does, nothing after it is taken for a request. */
    private static void end(HttpServerRequest request, Buffer body) {
        if (hasBody(request)) {
            request.response().putHeader("connection", "close");
        }
        request.response().end(body);
        request.resume();
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.headers().contains("transfer-encoding") || (length != null && !length.equals("0"));
    }
}
