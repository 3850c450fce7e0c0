package dev.jarvis.gateway.dialect.bytes;

import java.util.OptionalLong;

/** Numbers as JSON writes them (RFC 8259 §6). */
final class Numbers {
    /** Whatever has no more digits fits a {@code long}. */
    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    /** The index after the number that begins at {@code start}. */
    static int close(byte[] bytes, int start, int end) {
        int i = bytes[start] == '-' ? start + 1 : start;
        i = i < end && bytes[i] == '0' ? i + 1 : skipDigits(bytes, i, end);
        if (i < end && bytes[i] == '.') {
            i = skipDigits(bytes, i + 1, end);
        }
        if (i < end && (bytes[i] | 0x20) == 'e') {
            boolean signed = i + 1 < end && (bytes[i + 1] == '+' || bytes[i + 1] == '-');
            i = skipDigits(bytes, signed ? i + 2 : i + 1, end);
        }
        return i;
    }

    private static int skipDigits(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && isDigit(bytes[i])) {
            i++;
        }
        if (i == start) {
            throw new JsonFault(JsonFault.Problem.MALFORMED, i);
        }
        return i;
    }

    /** As a whole number: empty if it has a fraction, an exponent, or more than 18 digits. */
    static OptionalLong integer(byte[] bytes, int start, int end) {
        int digits = bytes[start] == '-' ? start + 1 : start;
        if (end - digits > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = digits; i < end; i++) {
            if (!isDigit(bytes[i])) {
                return OptionalLong.empty();
            }
            value = value * 10 + bytes[i] - '0';
        }
        return OptionalLong.of(digits == start ? value : -value);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
