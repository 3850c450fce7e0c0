package dev.jarvis.control.session;

import java.time.Duration;

/**
 * How long a session lasts.
 *
 * @param idle without a refresh
 * @param absolute whatever its use
 */
public record SessionLimits(Duration idle, Duration absolute) {
    public static final SessionLimits DEFAULT = new SessionLimits(Duration.ofDays(7), Duration.ofDays(30));

    public SessionLimits {
        if (!idle.isPositive() || absolute.compareTo(idle) < 0) {
            throw new IllegalArgumentException("idle must be positive and not longer than absolute");
        }
    }
}
