package dev.jarvis.platform.postgres;

import dev.jarvis.platform.start.CannotStartException;

/** The database's schema is not what this Jarvis would have made. The message says how, and what to do. */
public final class DriftException extends CannotStartException {
    public DriftException(String message) {
        super(message);
    }
}
