package dev.jarvis.control.login;

import dev.jarvis.platform.http.Refusal;

import java.time.Duration;
import java.util.Map;

/** The answer to who tries too often. Clients are told not to try again by themselves: a person must. */
final class TooManyAttempts {
    private TooManyAttempts() {}

    static Refusal refusal(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new Refusal(
                429,
                "rate_limit_error",
                "too_many_attempts",
                "Too many failed attempts. Try again in " + seconds + " seconds.",
                null,
                Map.of("retry-after", Long.toString(seconds), "x-should-retry", "false"));
    }
}
