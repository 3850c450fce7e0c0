package dev.jarvis.gateway.dialect.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time: the arithmetic that makes scanning cost a fraction of a nanosecond per byte. */
public final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    /** The top bit of each byte. */
    static final long HIGH = 0x8080808080808080L;

    private Words() {}

    /** The eight bytes at {@code index}, the first one lowest. */
    static long at(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    /**
     * Sets the top bit of the bytes that are a quote, a backslash or a control character; of several only the lowest is
     * sure. The top bit of bytes outside ASCII means nothing: leaving them to the caller saves half of the arithmetic.
     */
    static long quoteBackslashOrControl(long word) {
        return (word ^ ONES * '"') - ONES | (word ^ ONES * '\\') - ONES | word - ONES * ' ';
    }

    /** The index, 0 to 7, of the lowest mark. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }

    /** The first up to eight bytes of a range, zeroes after them. */
    static long prefix(byte[] bytes, int start, int length) {
        if (start + 8 <= bytes.length) {
            long word = at(bytes, start);
            return length >= 8 ? word : word & ((1L << (length * 8)) - 1);
        }
        long word = 0;
        for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
            word = word << 8 | bytes[start + i] & 0xFF;
        }
        return word;
    }

    /** The index of the first CR or LF in the range, or {@code end}. */
    public static int lineEnd(byte[] bytes, int start, int end) {
        int i = start;
        for (; i + 8 <= end; i += 8) {
            long word = at(bytes, i);
            long marks = ((word ^ ONES * '\n') - ONES | (word ^ ONES * '\r') - ONES) & ~word & HIGH;
            if (marks != 0) {
                return i + first(marks);
            }
        }
        while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    /** How many bytes of the range are outside ASCII. */
    public static int nonAscii(byte[] bytes, int start, int end) {
        int count = 0;
        int i = start;
        for (; i + 8 <= end; i += 8) {
            count += Long.bitCount(at(bytes, i) & HIGH);
        }
        for (; i < end; i++) {
            count += bytes[i] >>> 31;
        }
        return count;
    }
}
