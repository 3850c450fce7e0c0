package dev.jarvis.gateway.dialect.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A part of an array that nobody writes to any more; a view, not a copy. */
public record Slice(byte[] array, int offset, int length) {
    public Slice {
        if ((offset | length | (array.length - offset - length)) < 0) {
            throw new IndexOutOfBoundsException("slice outside its array");
        }
    }

    /** The whole array. */
    public static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    /** The text in UTF-8. */
    public static Slice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The index after the last byte. */
    public int end() {
        return offset + length;
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, end());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice that && Arrays.equals(array, offset, end(), that.array, that.offset, that.end());
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < end(); i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** Its size only: what is relayed does not belong in logs. */
    @Override
    public String toString() {
        return "Slice[" + length + " bytes]";
    }
}
