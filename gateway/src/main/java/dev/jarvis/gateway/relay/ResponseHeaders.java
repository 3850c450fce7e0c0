package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.provider.Redaction;

import java.util.HashMap;
import java.util.Map;

/**
 * The headers of answers. Of the provider's only those named here go on: its limits describe a key that many share, and
 * its cookies, server names and locations are nobody's business (U25).
 */
final class ResponseHeaders {
    static final String JSON = "application/json";
    static final String STREAM = "text/event-stream; charset=utf-8";

    private ResponseHeaders() {}

    static Map<String, String> ofStream(Attempt attempt) {
        Map<String, String> headers = common(attempt);
        headers.put("content-type", STREAM);
        headers.put("cache-control", "no-cache");
        headers.put("x-accel-buffering", "no"); // nginx would collect the stream
        return headers;
    }

    static Map<String, String> ofAnswer(Attempt attempt) {
        Map<String, String> headers = common(attempt);
        headers.put("content-type", JSON);
        headers.put("cache-control", "no-store");
        return headers;
    }

    /** A refusal in the provider's words, with its advice on trying again. */
    static Map<String, String> ofRefusal(Attempt attempt) {
        Map<String, String> headers = common(attempt);
        String type = attempt.header("content-type").orElse(JSON);
        headers.put("content-type", type.startsWith("text/html") ? "text/plain; charset=utf-8" : type);
        headers.put("cache-control", "no-store");
        headers.put("x-content-type-options", "nosniff");
        copy(attempt, "retry-after", "retry-after", headers);
        copy(attempt, "retry-after-ms", "retry-after-ms", headers);
        copy(attempt, "x-should-retry", "x-should-retry", headers);
        return headers;
    }

    private static Map<String, String> common(Attempt attempt) {
        Map<String, String> headers =
                new HashMap<>(attempt.exchange().reservation().headers());
        copy(attempt, "x-request-id", "x-upstream-request-id", headers);
        copy(attempt, "openai-processing-ms", "openai-processing-ms", headers);
        return headers;
    }

    private static void copy(Attempt attempt, String from, String to, Map<String, String> headers) {
        attempt.header(from).ifPresent(value -> headers.put(to, Redaction.of(value, attempt.key())));
    }
}
