package dev.jarvis.gateway.upstream;

/**
 * Why no proper end of an answer came.
 *
 * @param code stable, for clients and logs
 * @param message for the client; names no address
 */
public record UpstreamFailure(Stage stage, String code, String message) {
    /** How far the exchange had come: what decides whether trying again is safe. */
    public enum Stage {
        /** No byte of the request left: trying again is always safe (R1). */
        NOT_SENT,
        /** The request left and nothing came back: the provider may have worked and billed (R4). */
        UNANSWERED,
        /** The answer had begun. */
        CUT
    }

    /** Whether a timer of ours ended it: 504 rather than 502. */
    public boolean isTimeout() {
        return code.endsWith("_timeout");
    }
}
