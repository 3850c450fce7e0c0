package dev.jarvis.gateway.dialect.sse;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.bytes.Words;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a byte stream, fed in any slices, into events. The raw bytes of its events, and then {@link #rest}, joined, are
 * the fed bytes. An event that lies within one slice is not copied; another one is put together in an array of its own,
 * which goes to the event and is never used again, so no large buffer stays behind. Each byte is looked at once.
 *
 * <p>Lines end with LF, CR or CRLF. A CR ends its line at once, because the LF may never come. If it comes when its event has
 * been handed over, it is handed over on its own, at once too: {@link Event#isLineFeed}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">WHATWG HTML,
 *     event streams</a>
 */
public final class EventStreamReader {
    /** Larger than any event that a provider sends: a picture in one line has up to 20 MB. */
    public static final int DEFAULT_EVENT_CAP = 32 << 20;

    /** An event of this size may have many times as much to come, and is to be moved a few times only. */
    private static final int LARGE = 64 * 1024;

    private static final byte[] NOTHING = {};
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int eventCap;

    /** The event under way, as far as earlier slices had it. */
    private byte[] held = NOTHING;

    private int heldLength;

    /** How many bytes of a byte order mark the stream began with so far; -1 once that is settled. */
    private int mark;
    /** The line before ended with a CR: an LF now belongs to it. */
    private boolean afterReturn;

    // Where things are, counted from the first byte of the event under way.
    private int lineStart;
    private int content;
    private int firstLineEnd;
    private int lines;

    public EventStreamReader() {
        this(DEFAULT_EVENT_CAP);
    }

    /** @param eventCap the most bytes that one event may have */
    public EventStreamReader(int eventCap) {
        this.eventCap = eventCap;
    }

    /**
     * Takes the next bytes and hands over every event that is complete with them, at once. The array must not be written
     * to afterwards while an event of it is kept.
     *
     * @throws EventTooLargeException if the event under way passes the cap; the reader is of no use afterwards
     */
    public void feed(byte[] bytes, int offset, int length, Consumer<Event> events) {
        int end = offset + length;
        int from = offset;
        int i = mark < 0 ? offset : skipMark(bytes, offset, end);
        while (i < end) {
            if (afterReturn) {
                afterReturn = false;
                if (bytes[i] == '\n') {
                    i++;
                    startLine(heldLength + i - from);
                    if (heldLength == 0 && i - from == 1) {
                        events.accept(take(bytes, from, i));
                        from = i;
                    }
                    continue;
                }
            }
            int lineEnd = Words.lineEnd(bytes, i, end);
            if (lineEnd == end) {
                break;
            }
            i = lineEnd + 1;
            if (bytes[lineEnd] == '\r') {
                if (i < end && bytes[i] == '\n') {
                    i++;
                } else {
                    afterReturn = true;
                }
            }
            if (endsEvent(bytes, from, heldLength + lineEnd - from)) {
                events.accept(take(bytes, from, i));
                from = i;
            } else {
                startLine(heldLength + i - from);
            }
        }
        hold(bytes, from, end);
    }

    private int skipMark(byte[] bytes, int offset, int end) {
        int i = offset;
        while (i < end && mark < 3 && bytes[i] == MARK[mark]) {
            mark++;
            i++;
        }
        if (mark == 3) {
            startLine(3);
            mark = -1;
        } else if (i < end) {
            mark = -1;
        }
        return i;
    }

    private void startLine(int position) {
        lineStart = position;
        if (lines == 0) {
            content = position;
        }
    }

    /** Whether the line that ends at this position completes an event; if not, it is counted. */
    private boolean endsEvent(byte[] bytes, int from, int lineEnd) {
        if (lineEnd == lineStart) {
            return true;
        }
        if (lines++ > 0) {
            return false;
        }
        firstLineEnd = lineEnd;
        int first = lineStart < heldLength ? held[lineStart] : bytes[from + lineStart - heldLength];
        return first == ':';
    }

    private Event take(byte[] bytes, int from, int to) {
        int length = heldLength + to - from;
        if (length > eventCap) {
            throw new EventTooLargeException(eventCap);
        }
        byte[] array = bytes;
        int offset = from;
        if (heldLength > 0) {
            hold(bytes, from, to);
            array = held;
            offset = 0;
        }
        Event event =
                new Event(array, offset, offset + length, offset + content, lines == 1 ? offset + firstLineEnd : -1);
        held = NOTHING;
        heldLength = 0;
        lineStart = 0;
        content = 0;
        lines = 0;
        return event;
    }

    private void hold(byte[] bytes, int from, int to) {
        int length = heldLength + to - from;
        if (length > eventCap) {
            throw new EventTooLargeException(eventCap);
        }
        if (length > held.length) {
            int growth = held.length < LARGE ? 2 : 4;
            held = Arrays.copyOf(held, Math.max(length, Math.min(eventCap, Math.max(512, held.length * growth))));
        }
        System.arraycopy(bytes, from, held, heldLength, to - from);
        heldLength = length;
    }

    /** Whether the last line ended with a CR so far, to which a line feed may still belong. */
    public boolean mayGetLineFeed() {
        return afterReturn;
    }

    /** Whether bytes of an unfinished event are held: at the end of the stream, it was cut. */
    public boolean isWithinEvent() {
        return heldLength > content;
    }

    /** The bytes of the event that is not complete yet. */
    public Slice rest() {
        return new Slice(held, 0, heldLength);
    }
}
