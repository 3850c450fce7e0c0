package dev.jarvis.engine.egress;

/** A request came to nothing. Its reason is a word such as {@code forbidden_target}, {@code timeout} or {@code connect_failed}. */
public final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    NoAnswerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
