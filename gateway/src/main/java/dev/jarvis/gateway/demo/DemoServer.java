package dev.jarvis.gateway.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The HTTP side of the demo provider: {@code POST /v1/chat/completions} and {@code GET /v1/models}. */
final class DemoServer extends VerticleBase {
    /** The gateway's own limit; a longer body cannot have come through it. */
    private static final long BODY_LIMIT = 32L << 20;

    private final Promise<Integer> listening;
    private @Nullable HttpServer server;

    DemoServer(Promise<Integer> listening) {
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        HttpServer starting = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::route);
        server = starting;
        return starting.listen().onSuccess(up -> listening.complete(up.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void route(HttpServerRequest request) {
        switch (request.method() + " " + request.path()) {
            case "POST /v1/chat/completions" -> chat(request);
            case "GET /v1/models" -> send(request, 200, DemoJson.models());
            default -> refuse(request, new DemoFailure(404, "not_found", "The demo model has no such address."));
        }
    }

    private void chat(HttpServerRequest request) {
        String declared = request.getHeader("content-length");
        if (declared == null || Long.parseLong(declared) > BODY_LIMIT) {
            refuse(request, new DemoFailure(413, "payload_too_large", "The body must have a length, at most 32 MiB."));
            return;
        }
        request.body()
                .compose(body -> vertx.executeBlocking(() -> DemoRequest.read(body.getBytes()), false))
                .onSuccess(asked -> answer(request, asked))
                .onFailure(problem -> refuse(
                        request,
                        problem instanceof DemoFailure failure
                                ? failure
                                : new DemoFailure(400, "invalid_request", "The request could not be read.")));
    }

    private void answer(HttpServerRequest request, DemoRequest asked) {
        DemoFailure failure = asked.wish().failure();
        if (failure != null) {
            refuse(request, failure);
            return;
        }
        DemoAnswer answer = DemoAnswer.to(asked);
        if (asked.stream()) {
            new DemoStream(vertx, request.response(), asked, answer).start();
        } else {
            whole(request, asked, answer);
        }
    }

    /** After the time that a stream would have taken, or never, or only a part of it. */
    private void whole(HttpServerRequest request, DemoRequest asked, DemoAnswer answer) {
        DemoWish wish = asked.wish();
        if (wish.stallAfter() >= 0) {
            return;
        }
        Future<?> time = wish.delay().isZero()
                ? Future.succeededFuture()
                : vertx.timer(wish.delay().toMillis() * Math.max(1, answer.tokens()));
        time.onComplete(ignored -> {
            Buffer body = DemoJson.completion(asked, answer);
            if (wish.cutAfter() < 0) {
                send(request, 200, body);
                return;
            }
            request.response()
                    .putHeader("content-type", "application/json")
                    .putHeader("content-length", String.valueOf(body.length()))
                    .write(body.slice(0, body.length() / 2))
                    .onComplete(written -> request.connection().close());
        });
    }

    private static void refuse(HttpServerRequest request, DemoFailure failure) {
        if (failure.status() == 429 || failure.status() == 503) {
            request.response().putHeader("retry-after", "1");
        }
        send(request, failure.status(), DemoJson.error(failure));
    }

    private static void send(HttpServerRequest request, int status, Buffer body) {
        if (request.response().closed()) {
            return;
        }
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }
}
