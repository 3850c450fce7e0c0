package dev.jarvis.platform.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads times from outside: ISO 8601 with an offset, from 1970 to the year 9999, which PostgreSQL and JSON can hold. */
final class Times {
    static final String FORM = "a time like 2026-01-31T00:00:00Z";

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private Times() {}

    static Optional<Instant> parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(Instant.EPOCH) || time.isAfter(END) ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
