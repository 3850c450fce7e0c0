package dev.jarvis.gateway.meter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Writes the fields of a journal record, big-endian. Grows as needed. */
final class RecordWriter {
    private ByteBuffer buffer;

    RecordWriter(int expectedBytes) {
        buffer = ByteBuffer.allocate(expectedBytes);
    }

    RecordWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    RecordWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    RecordWriter i32(int value) {
        room(4).putInt(value);
        return this;
    }

    RecordWriter i64(long value) {
        room(8).putLong(value);
        return this;
    }

    RecordWriter uuid(UUID value) {
        room(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    /** @throws IllegalArgumentException if the text is longer than {@link RecordText#NAME} bytes allow for */
    RecordWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > RecordText.NAME) {
            throw new IllegalArgumentException("text too long for a journal record: " + utf8.length + " bytes");
        }
        room(2 + utf8.length).putShort((short) utf8.length).put(utf8);
        return this;
    }

    RecordWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    RecordWriter optionalUuid(Optional<UUID> value) {
        return value.isPresent() ? u8(1).uuid(value.get()) : u8(0);
    }

    RecordWriter optionalText(Optional<String> value) {
        return value.isPresent() ? u8(1).text(value.get()) : u8(0);
    }

    RecordWriter optionalInt(OptionalInt value) {
        return value.isPresent() ? u8(1).i32(value.getAsInt()) : u8(0);
    }

    RecordWriter optionalLong(OptionalLong value) {
        return value.isPresent() ? u8(1).i64(value.getAsLong()) : u8(0);
    }

    byte[] toBytes() {
        byte[] written = new byte[buffer.position()];
        buffer.flip().get(written);
        return written;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes))
                    .put(buffer.flip());
        }
        return buffer;
    }
}
