package dev.jarvis.gateway.dialect.bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A part of an array that nobody writes to any more; a view, not a copy. */
public record Slice(byte[] array, int offset, int length) {
    /** To copy as much costs less than to send it apart. */
    private static final int MOST_COPIED = 256 * 1024;

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

    /** The same bytes in as few slices as can be had without copying more than {@link #MOST_COPIED} at a time. */
    public static List<Slice> joined(List<Slice> slices) {
        if (slices.size() < 2) {
            return List.copyOf(slices);
        }
        List<Slice> joined = new ArrayList<>(slices.size());
        int from = 0;
        int length = 0;
        for (int i = 0; i < slices.size(); i++) {
            int next = slices.get(i).length();
            if (i > from && length + next > MOST_COPIED) {
                joined.add(join(slices.subList(from, i), length));
                from = i;
                length = 0;
            }
            length += next;
        }
        joined.add(join(slices.subList(from, slices.size()), length));
        return joined;
    }

    private static Slice join(List<Slice> slices, int length) {
        if (slices.size() == 1) {
            return slices.getFirst();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Slice slice : slices) {
            System.arraycopy(slice.array, slice.offset, all, at, slice.length);
            at += slice.length;
        }
        return of(all);
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
