package dev.jarvis.gateway.meter;

/**
 * Writes the JSON in usage rows. Its property names are our own and need no escaping, and its texts are ids: it
 * appends them whole where a general generator looks at every character.
 */
final class RowText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text;
    private boolean first = true;

    RowText(int expectedLength) {
        text = new StringBuilder(expectedLength);
    }

    RowText startArray() {
        separate();
        text.append('[');
        first = true;
        return this;
    }

    RowText endArray() {
        text.append(']');
        first = false;
        return this;
    }

    RowText startObject() {
        separate();
        text.append('{');
        first = true;
        return this;
    }

    RowText endObject() {
        text.append('}');
        first = false;
        return this;
    }

    RowText text(String name, String value) {
        name(name).append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            escaped(value);
        }
        text.append('"');
        return this;
    }

    RowText number(String name, long value) {
        name(name).append(value);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private StringBuilder name(String name) {
        separate();
        return text.append('"').append(name).append("\":");
    }

    private void separate() {
        if (first) {
            first = false;
        } else {
            text.append(',');
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** RFC 8259 §7. */
    private void escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
            } else {
                text.append(c);
            }
        }
    }
}
