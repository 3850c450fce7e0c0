package dev.jarvis.gateway.meter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads what {@link RecordWriter} wrote. Running past the end throws {@link java.nio.BufferUnderflowException}. */
final class RecordReader {
    private final ByteBuffer buffer;

    RecordReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    int u8() {
        return buffer.get() & 0xff;
    }

    boolean bool() {
        return u8() != 0;
    }

    int i32() {
        return buffer.getInt();
    }

    long i64() {
        return buffer.getLong();
    }

    UUID uuid() {
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    int position() {
        return buffer.position();
    }

    /** The bytes that were read since a position. */
    byte[] since(int position) {
        byte[] read = new byte[buffer.position() - position];
        buffer.get(position, read);
        return read;
    }

    /** Skips these bytes if they come next. */
    boolean skip(byte[] expected) {
        if (buffer.remaining() < expected.length
                || buffer.slice(buffer.position(), expected.length).mismatch(ByteBuffer.wrap(expected)) >= 0) {
            return false;
        }
        buffer.position(buffer.position() + expected.length);
        return true;
    }

    String text() {
        byte[] utf8 = new byte[buffer.getShort() & 0xffff];
        buffer.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    Optional<UUID> optionalUuid() {
        return bool() ? Optional.of(uuid()) : Optional.empty();
    }

    Optional<String> optionalText() {
        return bool() ? Optional.of(text()) : Optional.empty();
    }

    OptionalInt optionalInt() {
        return bool() ? OptionalInt.of(i32()) : OptionalInt.empty();
    }

    OptionalLong optionalLong() {
        return bool() ? OptionalLong.of(i64()) : OptionalLong.empty();
    }
}
