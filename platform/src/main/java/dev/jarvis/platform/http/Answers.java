package dev.jarvis.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes whole answers. Call on the request's event loop. */
public final class Answers {
    private Answers() {}

    /** Writes an error body, unless the client has gone or the response has begun. */
    public static void refuse(HttpServerRequest request, String requestId, Refusal refusal) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        refusal.headers().forEach(response::putHeader);
        if (!request.isEnded()) {
            // The rest of the body is read and thrown away; nothing after it on this connection is taken for a request.
            response.putHeader("connection", "close");
        }
        response.setStatusCode(refusal.status())
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("cache-control", "no-store")
                .putHeader("x-content-type-options", "nosniff");
        end(request, Buffer.buffer(ErrorBody.of(refusal, requestId)));
        request.resume();
    }

    /** Ends an answer with its body; to HEAD, with the length that the body has. */
    public static void end(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    /** Writes a blocking endpoint's answer. */
    static void reply(HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status()).putHeader("x-content-type-options", "nosniff");
        if (!reply.headers().containsKey("cache-control")) {
            response.putHeader("cache-control", "no-store");
        }
        reply.headers().forEach(response::putHeader);
        if (reply.status() == 204) {
            response.end();
        } else {
            end(request, Buffer.buffer(reply.body()));
        }
    }
}
