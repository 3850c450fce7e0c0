package dev.jarvis.gateway.dialect.bytes;

/** Finds the end of a JSON string, eight bytes at a time, and refuses what no string may contain. */
final class StringScanner {
    private final boolean strict;
    private boolean escaped;

    /** @param strict whether UTF-8 must be valid and surrogates paired; what providers send is not ours to refuse */
    StringScanner(boolean strict) {
        this.strict = strict;
    }

    /** Whether the string scanned last contains an escape sequence. */
    boolean escaped() {
        return escaped;
    }

    /** The index of the closing quote of the string whose first byte after the quote is at {@code start}. */
    int close(byte[] bytes, int start, int end) {
        escaped = false;
        int i = start;
        while (true) {
            i = skipPlain(bytes, i, end);
            if (i >= end) {
                throw new JsonFault(JsonFault.Problem.MALFORMED, end);
            }
            byte b = bytes[i];
            if (b == '"') {
                return i;
            }
            if (b == '\\') {
                escaped = true;
                i = skipEscape(bytes, i, end);
            } else if (b < 0) {
                i = Utf8.skipNonAscii(bytes, i, end);
            } else {
                throw new JsonFault(JsonFault.Problem.MALFORMED, i);
            }
        }
    }

    private int skipPlain(byte[] bytes, int start, int end) {
        int i = start;
        int last = end - 8;
        while (i <= last) {
            long marks = stops(Words.at(bytes, i));
            if (marks != 0) {
                return i + Words.first(marks);
            }
            i += 8;
        }
        while (i < end && !isStop(bytes[i])) {
            i++;
        }
        return i;
    }

    /** With {@code strict}, bytes outside ASCII are worth a look too. */
    private long stops(long word) {
        long below = Words.quoteBackslashOrControl(word);
        return (strict ? below | word : below & ~word) & Words.HIGH;
    }

    private boolean isStop(byte b) {
        return b == '"' || b == '\\' || (b < 0 ? strict : b < ' ');
    }

    private int skipEscape(byte[] bytes, int backslash, int end) {
        if (backslash + 1 >= end) {
            throw new JsonFault(JsonFault.Problem.MALFORMED, end);
        }
        return switch (bytes[backslash + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
            case 'u' -> skipUnit(bytes, backslash, end);
            default -> throw new JsonFault(JsonFault.Problem.MALFORMED, backslash);
        };
    }

    private int skipUnit(byte[] bytes, int backslash, int end) {
        int unit = unit(bytes, backslash, end);
        if (!strict || !Character.isSurrogate((char) unit)) {
            return backslash + 6;
        }
        int next = backslash + 6;
        boolean paired = Character.isHighSurrogate((char) unit)
                && next + 1 < end
                && bytes[next] == '\\'
                && bytes[next + 1] == 'u'
                && Character.isLowSurrogate((char) unit(bytes, next, end));
        if (!paired) {
            throw new JsonFault(JsonFault.Problem.LONE_SURROGATE, backslash);
        }
        return next + 6;
    }

    /** The UTF-16 unit of the escape sequence at {@code backslash}. */
    private static int unit(byte[] bytes, int backslash, int end) {
        if (backslash + 6 > end) {
            throw new JsonFault(JsonFault.Problem.MALFORMED, end);
        }
        int unit = Escapes.unit(bytes, backslash + 2);
        if (unit < 0) {
            throw new JsonFault(JsonFault.Problem.MALFORMED, backslash);
        }
        return unit;
    }
}
