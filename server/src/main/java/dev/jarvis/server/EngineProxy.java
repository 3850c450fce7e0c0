package dev.jarvis.server;

import dev.jarvis.platform.http.Answers;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.RequestHandler;
import dev.jarvis.platform.http.RequestScope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Passes requests on to an engine as they are, and its answers back as they come. Nothing is sent a second time, and an
 * answer that breaks off is cut, so that no client takes the part for the whole. Of one event loop.
 */
final class EngineProxy implements RequestHandler {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 2_000;

    /** Less than an engine keeps an idle connection: one that it is closing must not get a request. */
    private static final int KEPT_SECONDS = 10;

    /** What is between two neighbours only (RFC 9110 §7.6.1), and what this server says for itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "host");

    private final HttpClient client;
    private final URI engine;

    EngineProxy(Vertx vertx, URI engine) {
        this.engine = engine;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(KEPT_SECONDS)
                        .setSsl("https".equals(engine.getScheme())),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    static Refusal unavailable() {
        return Refusal.unavailable("engine_unavailable", "The engine does not answer. Try again in a moment.");
    }

    @Override
    public void handle(HttpServerRequest request, RequestScope scope) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(engine.getHost())
                .setPort(port())
                .setURI((engine.getRawPath() == null ? "" : engine.getRawPath()) + request.uri());
        client.request(options)
                .compose(onward -> send(request, onward))
                .onSuccess(answer -> passBack(request, answer))
                .onFailure(failure -> refuse(request, scope));
    }

    private int port() {
        if (engine.getPort() >= 0) {
            return engine.getPort();
        }
        return "https".equals(engine.getScheme()) ? 443 : 80;
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest onward) {
        copy(request.headers(), onward.headers());
        request.response().exceptionHandler(left -> onward.reset());
        request.response().closeHandler(left -> onward.reset());
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        boolean hasBody = request.headers().contains("content-length")
                || request.headers().contains("transfer-encoding");
        if (!hasBody) {
            request.resume();
            return onward.send();
        }
        return onward.send(request);
    }

    private static void passBack(HttpServerRequest request, HttpClientResponse answer) {
        HttpServerResponse back = request.response();
        if (back.closed()) {
            answer.request().reset();
            return;
        }
        back.setStatusCode(answer.statusCode());
        copy(answer.headers(), back.headers());
        if (!answer.headers().contains("content-length")) {
            back.setChunked(true);
        }
        answer.pipe()
                .endOnFailure(false)
                .to(back)
                .onFailure(cut -> request.connection().close());
    }

    private static void refuse(HttpServerRequest request, RequestScope scope) {
        if (!request.response().headWritten() && !request.response().closed()) {
            request.resume();
            Answers.refuse(request, scope.requestId(), unavailable());
        }
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach(header -> {
            if (!NOT_PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.set(header.getKey(), from.getAll(header.getKey()));
            }
        });
    }
}
