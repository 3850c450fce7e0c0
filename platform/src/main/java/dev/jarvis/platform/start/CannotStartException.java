package dev.jarvis.platform.start;

/**
 * The server cannot start, for a reason that its operator can act on. The message says what is wrong and what to do; it
 * is printed as it is, without a stack trace, and the process exits with code 78 (configuration error, sysexits.h).
 */
public class CannotStartException extends RuntimeException {
    public CannotStartException(String message) {
        super(message);
    }

    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
