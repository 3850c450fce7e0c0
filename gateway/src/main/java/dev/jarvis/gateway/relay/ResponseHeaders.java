package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.provider.Redaction;
import io.vertx.core.http.HttpHeaders;

import java.util.HashMap;
import java.util.Map;

/**
 * The headers of answers. Of the provider's only those named here go on: its limits describe a key that many share, and
 * its cookies, server names and locations are nobody's business (U25).
 */
final class ResponseHeaders {
    /** What every answer has is encoded once. */
    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence ACCEL_BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");
    private static final CharSequence NO = HttpHeaders.createOptimized("no");
    private static final CharSequence UPSTREAM_REQUEST_ID = HttpHeaders.createOptimized("x-upstream-request-id");
    private static final CharSequence PROCESSING_MILLIS = HttpHeaders.createOptimized("openai-processing-ms");

    private ResponseHeaders() {}

    static Map<CharSequence, CharSequence> ofStream(Attempt attempt) {
        Map<CharSequence, CharSequence> headers = common(attempt);
        headers.put(HttpHeaders.CONTENT_TYPE, EVENT_STREAM);
        headers.put(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        headers.put(ACCEL_BUFFERING, NO); // nginx would collect the stream
        return headers;
    }

    static Map<CharSequence, CharSequence> ofAnswer(Attempt attempt) {
        Map<CharSequence, CharSequence> headers = common(attempt);
        headers.put(HttpHeaders.CONTENT_TYPE, JSON);
        headers.put(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return headers;
    }

    /** A refusal in the provider's words, with its advice on trying again. */
    static Map<CharSequence, CharSequence> ofRefusal(Attempt attempt) {
        Map<CharSequence, CharSequence> headers = common(attempt);
        String type = attempt.header("content-type").orElse("application/json");
        headers.put(HttpHeaders.CONTENT_TYPE, type.startsWith("text/html") ? "text/plain; charset=utf-8" : type);
        headers.put(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.put("x-content-type-options", "nosniff");
        copy(attempt, "retry-after", "retry-after", headers);
        copy(attempt, "retry-after-ms", "retry-after-ms", headers);
        copy(attempt, "x-should-retry", "x-should-retry", headers);
        return headers;
    }

    /** What kind of body these headers announce. */
    static String typeOf(Map<CharSequence, CharSequence> headers) {
        return headers.getOrDefault(HttpHeaders.CONTENT_TYPE, JSON).toString();
    }

    private static Map<CharSequence, CharSequence> common(Attempt attempt) {
        Map<CharSequence, CharSequence> headers = new HashMap<>();
        attempt.exchange().reservation().headers(headers::put);
        copy(attempt, "x-request-id", UPSTREAM_REQUEST_ID, headers);
        copy(attempt, "openai-processing-ms", PROCESSING_MILLIS, headers);
        return headers;
    }

    private static void copy(Attempt attempt, String from, CharSequence to, Map<CharSequence, CharSequence> headers) {
        attempt.header(from).ifPresent(value -> headers.put(to, Redaction.of(value, attempt.key())));
    }
}
