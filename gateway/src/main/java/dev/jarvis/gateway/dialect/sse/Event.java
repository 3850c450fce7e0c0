package dev.jarvis.gateway.dialect.sse;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.bytes.Words;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One event, with the very bytes that it came in. Immutable: it may be kept as long as the fed array is not written to.
 *
 * <p>A comment line that stands before any field is an event of its own, and so is a blank line that ends nothing: they
 * have no data, and are relayed as they came. So does a line feed that comes after the event whose last CR it belongs to.
 */
public final class Event {
    private final byte[] array;
    private final int offset;
    private final int end;
    /** Where its first line begins: after a byte order mark, or after a line feed that is all there is. */
    private final int content;

    private int dataLines;
    private int dataStart;
    private int dataEnd;
    private int nameStart;
    private int nameEnd;
    private @Nullable Slice joined;

    /** @param firstLineEnd where the first line ends if it is the only one, else -1 */
    Event(byte[] array, int offset, int end, int content, int firstLineEnd) {
        this.array = array;
        this.offset = offset;
        this.end = end;
        this.content = content;
        if (firstLineEnd >= 0) {
            readLine(content, firstLineEnd);
        } else {
            readLines();
        }
    }

    private void readLines() {
        int start = content;
        while (start < end) {
            int lineEnd = Words.lineEnd(array, start, end);
            readLine(start, lineEnd);
            start = nextLine(lineEnd);
        }
    }

    private int nextLine(int lineEnd) {
        boolean crlf = lineEnd + 1 < end && array[lineEnd] == '\r' && array[lineEnd + 1] == '\n';
        return lineEnd + (crlf ? 2 : 1);
    }

    private void readLine(int start, int lineEnd) {
        int data = valueOf("data", start, lineEnd);
        if (data >= 0) {
            if (dataLines++ == 0) {
                dataStart = data;
                dataEnd = lineEnd;
            }
            return;
        }
        int name = valueOf("event", start, lineEnd);
        if (name >= 0) {
            nameStart = name;
            nameEnd = lineEnd;
        }
    }

    /** Where the field's value begins, after one space if there is one; -1 if the line is another field. */
    private int valueOf(String field, int start, int lineEnd) {
        int i = start;
        for (int c = 0; c < field.length(); c++, i++) {
            if (i >= lineEnd || array[i] != field.charAt(c)) {
                return -1;
            }
        }
        if (i == lineEnd) {
            return i;
        }
        if (array[i] != ':') {
            return -1;
        }
        i++;
        return i < lineEnd && array[i] == ' ' ? i + 1 : i;
    }

    /** Its bytes up to and including the blank line that ends it. */
    public Slice raw() {
        return new Slice(array, offset, end - offset);
    }

    /** Whether this is only the line feed of the CRLF whose CR ended the event before: whatever became of that is to become of it. */
    public boolean isLineFeed() {
        return content == end;
    }

    /** Whether it has at least one {@code data} line. An event without one is never dispatched to anyone. */
    public boolean hasData() {
        return dataLines > 0;
    }

    /** Whether its data is one line, and so {@link #data} a view of {@link #raw}. */
    public boolean isDataInOneLine() {
        return dataLines == 1;
    }

    /** The {@code data} lines joined with line feeds: a view of {@link #raw} where there is only one line. */
    public Slice data() {
        if (dataLines <= 1) {
            return new Slice(array, dataStart, dataEnd - dataStart);
        }
        Slice known = joined;
        if (known == null) {
            known = join();
            joined = known;
        }
        return known;
    }

    private Slice join() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(end - content);
        int start = content;
        while (start < end) {
            int lineEnd = Words.lineEnd(array, start, end);
            int data = valueOf("data", start, lineEnd);
            if (data >= 0) {
                if (data > dataStart) {
                    lines.write('\n');
                }
                lines.write(array, data, lineEnd - data);
            }
            start = nextLine(lineEnd);
        }
        return Slice.of(lines.toByteArray());
    }

    /** The {@code event} field, empty where it is not given. */
    public String name() {
        return nameStart == nameEnd ? "" : new String(array, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    /** Its size only: what is relayed does not belong in logs. */
    @Override
    public String toString() {
        return "Event[" + (end - offset) + " bytes]";
    }
}
