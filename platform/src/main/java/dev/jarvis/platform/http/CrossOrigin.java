package dev.jarvis.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Set;

/**
 * Which pages of other sites may call {@code /v1/…} from a browser (the Fetch standard's CORS protocol). Never with cookies, and
 * nothing but {@code /v1/…}: what is called there needs a credential in a header, which such a page must have been given.
 */
public final class CrossOrigin {
    /** No page of any other site. */
    public static final CrossOrigin NOBODY = new CrossOrigin(Set.of());

    private static final String PART = "/v1/";
    private static final String ALL = "*";
    private static final CharSequence ORIGIN = HttpHeaders.createOptimized("origin");
    private static final CharSequence ALLOW_ORIGIN = HttpHeaders.createOptimized("access-control-allow-origin");
    private static final CharSequence EXPOSE_HEADERS = HttpHeaders.createOptimized("access-control-expose-headers");

    /** What browsers remember at most (Chromium: two hours). */
    private static final String SECONDS_REMEMBERED = "7200";

    private final Set<String> origins;

    private CrossOrigin(Set<String> origins) {
        this.origins = origins;
    }

    /** @param origins as browsers write them, {@code https://chat.example.com}; {@code *} for all */
    public static CrossOrigin of(Collection<String> origins) {
        return origins.isEmpty() ? NOBODY : new CrossOrigin(Set.copyOf(origins));
    }

    /**
     * Tells the browser whether its page may read the answer, whatever that will be.
     *
     * @return whether the request only asked for that, and is answered
     */
    boolean answers(HttpServerRequest request, String path) {
        if (origins.isEmpty() || !path.startsWith(PART)) {
            return false;
        }
        HttpServerResponse response = request.response();
        if (!origins.contains(ALL)) {
            response.putHeader("vary", "origin"); // also to others: a cache must not give them this answer
        }
        String origin = request.getHeader(ORIGIN);
        if (origin == null || !(origins.contains(ALL) || origins.contains(origin))) {
            return false;
        }
        response.putHeader(ALLOW_ORIGIN, origins.contains(ALL) ? ALL : origin).putHeader(EXPOSE_HEADERS, ALL);
        boolean asks = request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains("access-control-request-method");
        if (asks) {
            allow(response, request.getHeader("access-control-request-headers"));
            request.resume();
        }
        return asks;
    }

    /** Whatever the client's library sends: a list of names would have to know all of them. */
    private static void allow(HttpServerResponse response, @Nullable String headers) {
        if (headers != null) {
            response.putHeader("access-control-allow-headers", headers);
        }
        response.putHeader("access-control-allow-methods", "GET, HEAD, POST")
                .putHeader("access-control-max-age", SECONDS_REMEMBERED)
                .setStatusCode(204)
                .end();
    }
}
