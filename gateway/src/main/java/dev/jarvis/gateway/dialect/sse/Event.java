package dev.jarvis.gateway.dialect.sse;

import dev.jarvis.gateway.dialect.bytes.Slice;

/**
 * One event, with the very bytes that it came in. Immutable: it may be kept as long as the fed array is not written to.
 *
 * <p>A comment line that stands before any field is an event of its own, and so is a blank line that ends nothing: they
 * have no data, and are relayed as they came.
 */
public final class Event {
    /** Its bytes up to and including the blank line that ends it. */
    public Slice raw() {
        throw new UnsupportedOperationException();
    }

    /** Whether it has at least one {@code data} line. An event without one is never dispatched to anyone. */
    public boolean hasData() {
        throw new UnsupportedOperationException();
    }

    /** The {@code data} lines joined with line feeds: a view of {@link #raw} where there is only one line. */
    public Slice data() {
        throw new UnsupportedOperationException();
    }

    /** The {@code event} field, empty where it is not given. */
    public String name() {
        throw new UnsupportedOperationException();
    }
}
