package dev.jarvis.platform.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks at the head of each request, refuses what no route should see, and leads the rest to its route. */
final class Doorman {
    private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);
    private static final int MAX_HEADERS = 100;
    static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

    private final RouteTable routes;
    private final CrossOrigin crossOrigin;

    Doorman(RouteTable routes, CrossOrigin crossOrigin) {
        this.routes = routes;
        this.crossOrigin = crossOrigin;
    }

    void receive(HttpServerRequest request) {
        String requestId = RequestId.next();
        request.response().putHeader(REQUEST_ID, requestId);
        long started = System.nanoTime();
        try {
            Refusal fault = faultOfHead(request);
            if (fault != null) {
                Answers.refuse(request, requestId, fault);
                return;
            }
            String path = request.path();
            if (path == null) {
                throw PathText.malformed();
            }
            if (crossOrigin.answers(request, path)) {
                return;
            }
            switch (routes.match(request, path)) {
                case RouteTable.Match.Found found -> {
                    request.pause();
                    found.route()
                            .handler()
                            .handle(request, new RequestScope(requestId, path, found.pathParameters(), started));
                }
                case RouteTable.Match.OtherMethods others ->
                    Answers.refuse(request, requestId, methodNotAllowed(request.method(), others.allowed()));
                case RouteTable.Match.NotFound ignored -> Answers.refuse(request, requestId, unknownPath(path));
            }
        } catch (Refusal refusal) {
            Answers.refuse(request, requestId, refusal);
        } catch (RuntimeException failure) {
            LOG.atError().addKeyValue("request_id", requestId).setCause(failure).log("A handler failed");
            Answers.refuse(request, requestId, Refusal.fault());
        }
    }

    /** Answers what the HTTP decoder could not read. The connection is closed: where the next request begins is unknown. */
    void refuseMalformed(HttpServerRequest request) {
        String requestId = RequestId.next();
        Throwable cause = request.decoderResult().cause();
        Refusal refusal = switch (cause) {
            case TooLongHttpLineException tooLong ->
                new Refusal(
                        414, "invalid_request_error", "uri_too_long", "The request line is too long.", null, Map.of());
            case TooLongHttpHeaderException tooLong -> headersTooLarge();
            case null, default ->
                Refusal.badRequest(
                        isHeaderFault(cause) ? "bad_header" : "bad_framing",
                        "The request is not well-formed HTTP/1.1.",
                        null);
        };
        request.response()
                .putHeader(REQUEST_ID, requestId)
                .putHeader("connection", "close")
                .putHeader("content-type", "application/json; charset=utf-8")
                .setStatusCode(refusal.status())
                .end(Buffer.buffer(ErrorBody.of(refusal, requestId)))
                .onComplete(sent -> request.connection().close());
    }

    /** A header that cannot be read, as against one that is read and contradicts the framing. */
    private static boolean isHeaderFault(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("header name") || text.contains("header value");
    }

    private static @Nullable Refusal faultOfHead(HttpServerRequest request) {
        if (headerCount(request) > MAX_HEADERS) {
            return headersTooLarge();
        }
        if (request.version() == HttpVersion.HTTP_1_1
                && request.headers().getAll("host").size() != 1) {
            return Refusal.badRequest("bad_host", "The request needs exactly one Host header.", null);
        }
        String uri = request.uri();
        if ((uri.isEmpty() || uri.charAt(0) != '/') && !isForThisHost(uri, request.getHeader("host"))) {
            return Refusal.badRequest("bad_host", "Send the request target as a path that begins with '/'.", null);
        }
        String expect = request.getHeader("expect");
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return new Refusal(
                    417,
                    "invalid_request_error",
                    "expectation_failed",
                    "Only 'Expect: 100-continue' is understood.",
                    null,
                    Map.of());
        }
        if (request.headers().contains("upgrade") && "websocket".equalsIgnoreCase(request.getHeader("upgrade"))) {
            return Refusal.badRequest("bad_upgrade", "This route does not speak WebSocket.", null);
        }
        return null;
    }

    /** A target in absolute form, which a server has to take (RFC 9112 §3.2.2), of the host that the request names. */
    private static boolean isForThisHost(String target, @Nullable String host) {
        String afterScheme = target.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
        return host != null
                && afterScheme.length() < target.length()
                && afterScheme.startsWith(host.toLowerCase(Locale.ROOT) + "/");
    }

    /** Header lines; {@code size()} of a multi-map counts names only. */
    private static int headerCount(HttpServerRequest request) {
        int count = 0;
        for (Map.Entry<String, String> ignored : request.headers()) {
            count++;
        }
        return count;
    }

    private static Refusal headersTooLarge() {
        return new Refusal(
                431,
                "invalid_request_error",
                "headers_too_large",
                "The request has too many or too large headers.",
                null,
                Map.of());
    }

    private static Refusal methodNotAllowed(HttpMethod method, List<HttpMethod> allowed) {
        String names = allowed.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        return new Refusal(
                405,
                "invalid_request_error",
                "method_not_allowed",
                method.name() + " is not allowed here; use " + names + ".",
                null,
                Map.of("allow", names));
    }

    /** @throws Refusal if it is no path at all */
    private Refusal unknownPath(String path) {
        PathText.decode(path);
        return Refusal.notFound(
                "not_found",
                "There is nothing at this path. "
                        + routes.meant(path).map(Doorman::rightAddress).orElseGet(() -> whatThereIs(path)));
    }

    private static String rightAddress(String meant) {
        return "Did you mean " + meant + "? A client's base URL is the address of this server"
                + " and '/v1', or the address alone for clients that add '/v1' themselves.";
    }

    private String whatThereIs(String path) {
        List<String> beside = routes.beside(path);
        return beside.isEmpty()
                ? "Check it against the API description."
                : "This server has " + String.join(", ", beside) + ".";
    }
}
