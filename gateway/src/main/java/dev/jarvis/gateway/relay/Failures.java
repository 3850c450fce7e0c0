package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.upstream.UpstreamFailure;
import dev.jarvis.platform.http.Refusal;

import java.util.Map;

/** What clients are told of failures that are not theirs. */
public final class Failures {
    private Failures() {}

    static Refusal of(UpstreamFailure failure) {
        return server(failure.isTimeout() ? 504 : 502, failure.code(), failure.message());
    }

    static Refusal truncated() {
        return server(502, "upstream_truncated", "The provider's answer stopped before its end.");
    }

    static Refusal protocol(String what) {
        return server(502, "upstream_protocol_error", "The provider broke the protocol: " + what + ".");
    }

    static Refusal requestTimeout() {
        return server(504, "request_timeout", "The request took longer than this server allows.");
    }

    /** Nothing new begins here, and what runs is not waited for any longer. */
    public static Refusal stopping() {
        return new Refusal(
                503,
                "server_error",
                "server_stopping",
                "This server is stopping. Try again.",
                null,
                Map.of("retry-after", "1", "connection", "close"));
    }

    static Refusal journal() {
        return Refusal.unavailable(
                "journal_unavailable", "Usage cannot be recorded at the moment, so nothing is sent to a provider.");
    }

    /** Adds that the client need not try again: this server already did (R9). */
    static Refusal exhausted(Refusal refusal) {
        return refusal.with(Map.of("x-should-retry", "false"));
    }

    private static Refusal server(int status, String code, String message) {
        return new Refusal(status, "server_error", code, message, null, Map.of());
    }
}
