package dev.jarvis.control.webhook;

/** What came of sending something. */
sealed interface Sent {
    /** The receiver has it. */
    record Taken(int status) implements Sent {}

    /** The receiver answered otherwise; redirects are answers like others, and not followed. */
    record Refused(int status) implements Sent {}

    /**
     * There was no answer.
     *
     * @param reason a stable word
     */
    record Unanswered(String reason) implements Sent {}
}
