package dev.jarvis.gateway.dialect.sse;

/** One event is larger than the cap, or its line never ends: the stream cannot be relayed any further. */
public final class EventTooLargeException extends RuntimeException {
    EventTooLargeException(int cap) {
        super("event larger than " + cap + " bytes", null, false, false);
    }
}
