package dev.jarvis.gateway.dialect.sse;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.function.Consumer;

/** Cuts a byte stream, fed in any slices, into events. The raw bytes of its events, joined, are the fed bytes. */
public final class EventStreamReader {
    /** Larger than any event that a provider sends: a picture in one line has up to 20 MB. */
    public static final int DEFAULT_EVENT_CAP = 32 << 20;

    public EventStreamReader() {}

    public EventStreamReader(int eventCap) {}

    /**
     * Takes the next bytes and hands over every event that is complete with them, at once. The array must not be written
     * to afterwards while an event of it is kept.
     *
     * @throws EventTooLargeException if the event under way passes the cap; the reader is of no use afterwards
     */
    public void feed(byte[] bytes, int offset, int length, Consumer<Event> events) {
        throw new UnsupportedOperationException();
    }

    /** Whether bytes of an unfinished event are held: at the end of the stream, it was cut. */
    public boolean isWithinEvent() {
        throw new UnsupportedOperationException();
    }

    /** The bytes of the event that is not complete yet, or the line feed that still belongs to the last one. */
    public Slice rest() {
        throw new UnsupportedOperationException();
    }
}
