package dev.jarvis.gateway.meter;

import io.vertx.core.Future;

/**
 * Opens attempts in the journal. Called on event loops: {@link #open} is a copy into memory that the kernel keeps when
 * this process dies, never a wait for a disk or a database.
 */
public interface Meter {
    /**
     * Writes the attempt's OPEN record. Room for its settlement is reserved with it.
     *
     * @throws NotAdmittingException if the journal cannot take it; nothing may then be sent to a provider
     */
    MeteredAttempt open(AttemptOpening opening);

    /** Whether {@link #open} would work now: part of readiness. */
    boolean isAdmitting();

    /** Completes when PostgreSQL has what an earlier life of this node settled or left open. */
    default Future<Void> recovered() {
        return Future.succeededFuture();
    }

    /** Thrown when the journal's disk cannot take another attempt: 503 {@code journal_unavailable}. */
    final class NotAdmittingException extends RuntimeException {
        public NotAdmittingException(String message) {
            super(message, null, false, false);
        }
    }
}
