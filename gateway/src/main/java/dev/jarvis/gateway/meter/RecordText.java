package dev.jarvis.gateway.meter;

import java.nio.charset.StandardCharsets;

/**
 * Makes text fit for a record: PostgreSQL refuses NUL in text, an index refuses long values, and room for a settlement
 * is reserved before its text is known. A provider that sends such a thing must not push its usage out of the books.
 */
final class RecordText {
    /** UTF-8 bytes of a name of ours. */
    static final int NAME = 512;
    /** UTF-8 bytes of what a provider or a client chose. */
    static final int FOREIGN = 256;

    private static final char INSTEAD = '\ufffd';

    private RecordText() {}

    /** The text without control characters and cut to a number of UTF-8 bytes. */
    static String clean(String text, int maxBytes) {
        if (text.length() * 3L <= maxBytes && isClean(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), maxBytes));
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int fit = isKept(point) ? point : INSTEAD;
            bytes += utf8Length(fit);
            if (bytes > maxBytes) {
                break;
            }
            kept.appendCodePoint(fit);
        }
        return kept.toString();
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKept(int point) {
        boolean loneSurrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return point >= ' ' && point != 0x7f && !loneSurrogate;
    }

    private static int utf8Length(int point) {
        return Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
    }
}
