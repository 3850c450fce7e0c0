package dev.jarvis.gateway.dialect.bytes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Where an offset of a JSON text is, for people. Found by walking the text again, because only refused requests need
 * it; what stands before the offset is known to be valid.
 */
public final class JsonPlace {
    private static final int LONGEST = 200;

    private JsonPlace() {}

    /** The line, from 1. */
    public static int line(byte[] bytes, int start, int offset) {
        int line = 1;
        for (int i = start; i < Math.min(offset, bytes.length); i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The column in characters, from 1. */
    public static int column(byte[] bytes, int start, int offset) {
        int column = 1;
        for (int i = Math.min(offset, bytes.length) - 1; i >= start && bytes[i] != '\n'; i--) {
            if ((bytes[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        return column;
    }

    /** The path of the value, or of the key that ends, at the offset, as in {@code messages[2].content}; may be empty. */
    public static String path(byte[] bytes, int start, int offset) {
        Deque<Step> steps = new ArrayDeque<>();
        int i = start;
        while (i < offset) {
            i = walk(bytes, i, offset, steps);
        }
        return render(steps);
    }

    private static int walk(byte[] bytes, int i, int offset, Deque<Step> steps) {
        Step step = steps.peek();
        switch (bytes[i]) {
            case '{' -> steps.push(new Step(true));
            case '[' -> steps.push(new Step(false));
            case '}', ']' -> steps.poll();
            case ',' -> {
                if (step != null) {
                    step.next();
                }
            }
            case '"' -> {
                int close = close(bytes, i + 1, offset);
                if (step != null && step.awaitsKey && close < offset) {
                    step.key(Escapes.text(bytes, i + 1, close));
                }
                return close + 1;
            }
            default -> {
                // White space, colons and scalars say nothing of the path.
            }
        }
        return i + 1;
    }

    private static int close(byte[] bytes, int start, int offset) {
        int i = start;
        while (i < offset && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private static String render(Deque<Step> steps) {
        StringBuilder path = new StringBuilder();
        for (Iterator<Step> it = steps.descendingIterator(); it.hasNext() && path.length() < LONGEST; ) {
            it.next().render(path);
        }
        for (int i = 0; i < path.length(); i++) {
            if (Character.isISOControl(path.charAt(i)) || Character.isSurrogate(path.charAt(i))) {
                path.setCharAt(i, '?');
            }
        }
        path.setLength(Math.min(path.length(), LONGEST));
        return path.toString();
    }

    private static final class Step {
        private final boolean object;
        private boolean awaitsKey;
        private String key = "";
        private int index;

        Step(boolean object) {
            this.object = object;
            this.awaitsKey = object;
        }

        void next() {
            index++;
            awaitsKey = object;
        }

        void key(String text) {
            key = text;
            awaitsKey = false;
        }

        void render(StringBuilder path) {
            if (!object) {
                path.append('[').append(index).append(']');
            } else if (!key.isEmpty()) {
                path.append(path.isEmpty() ? "" : ".").append(key);
            }
        }
    }
}
