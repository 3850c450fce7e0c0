package dev.jarvis.engine.mcp.client;

import java.time.Duration;
import java.time.Instant;

/** What is left of the time for an answer. */
final class Timer {
    private final Duration patience;
    private final Instant last;
    private Instant due;

    Timer(Duration patience, Duration most) {
        this.patience = patience;
        this.last = Instant.now().plus(most);
        again();
    }

    void again() {
        Instant next = Instant.now().plus(patience);
        due = next.isBefore(last) ? next : last;
    }

    Duration left() {
        return Duration.between(Instant.now(), due);
    }

    Duration most() {
        Duration left = Duration.between(Instant.now(), last);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }
}
