package dev.jarvis.gateway.meter;

/** How an attempt ended. */
public enum Outcome {
    /** The provider's answer came to its proper end. */
    COMPLETED("completed"),
    /** The client hung up before the end. */
    CLIENT_GONE("client_gone"),
    /** The provider failed: an error status of its own fault, an error in the stream, a time-out. */
    FAILED("failed"),
    /** The provider's answer stopped without its proper end. */
    TRUNCATED("truncated"),
    /** The provider refused the request before working on it (4xx, 429, 529). */
    REJECTED("rejected"),
    /** No byte reached the provider. */
    NOT_SENT("not_sent"),
    /** This gateway died; written by its recovery. */
    INTERRUPTED("interrupted");

    private final String code;

    Outcome(String code) {
        this.code = code;
    }

    /** The name in records and APIs. */
    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException if there is no such outcome */
    static Outcome of(String code) {
        for (Outcome outcome : values()) {
            if (outcome.code.equals(code)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("no such outcome: " + code);
    }
}
