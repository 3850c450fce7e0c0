package dev.jarvis.gateway.meter;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;

/**
 * Rows in PostgreSQL's binary format of COPY: no number, id or time is turned into text here and read from it there.
 * Layout: PostgreSQL documentation, COPY, "Binary Format"; each value as its type's receive function reads it.
 */
final class CopyRows {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final short END = -1;
    private static final byte JSONB_VERSION = 1;
    private static final long MILLIS_OF_A_DAY = 86_400_000;

    /** PostgreSQL counts from 2000-01-01. */
    private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private byte[] bytes;
    private int length;

    CopyRows(int expectedLength) {
        bytes = new byte[Math.max(expectedLength, 64)];
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        // No flags, and no extension of the header.
        length = SIGNATURE.length + 8;
    }

    void startRow(int columns) {
        room(2);
        put16(columns);
    }

    void nothing() {
        field(0);
        length -= 4;
        put32(NULL);
    }

    void uuid(UUID value) {
        field(16);
        put64(value.getMostSignificantBits());
        put64(value.getLeastSignificantBits());
    }

    void int8(long value) {
        field(8);
        put64(value);
    }

    void int4(int value) {
        field(4);
        put32(value);
    }

    void int2(int value) {
        field(2);
        put16(value);
    }

    void bool(boolean value) {
        field(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    /** The UTC day of a time, in milliseconds of the epoch. */
    void date(long millis) {
        int4((int) (Math.floorDiv(millis, MILLIS_OF_A_DAY) - FIRST_DAY));
    }

    void timestamp(long millis) {
        int8((millis - FIRST_DAY * MILLIS_OF_A_DAY) * 1000);
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        field(utf8.length);
        put(utf8);
    }

    void jsonb(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        field(1 + utf8.length);
        bytes[length++] = JSONB_VERSION;
        put(utf8);
    }

    /** All of it, with the end that PostgreSQL asks for. */
    byte[] end() {
        room(2);
        put16(END);
        return Arrays.copyOf(bytes, length);
    }

    /** Begins a value of so many bytes, with room for them. */
    private void field(int valueLength) {
        room(4 + valueLength);
        put32(valueLength);
    }

    private void room(int wanted) {
        if (bytes.length - length < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + wanted));
        }
    }

    private void put(byte[] value) {
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void put16(int value) {
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void put32(int value) {
        put16(value >> 16);
        put16(value);
    }

    private void put64(long value) {
        put32((int) (value >> 32));
        put32((int) value);
    }
}
