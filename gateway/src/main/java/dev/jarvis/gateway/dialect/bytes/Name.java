package dev.jarvis.gateway.dialect.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A key to look for, prepared so that comparing it costs about one instruction. */
public final class Name {
    private final byte[] bytes;
    private final long prefix;

    private Name(byte[] bytes) {
        this.bytes = bytes;
        this.prefix = Words.prefix(bytes, 0, bytes.length);
    }

    public static Name of(String text) {
        return new Name(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean equals(long otherPrefix, byte[] other, int start, int length) {
        return prefix == otherPrefix
                && length == bytes.length
                && (length <= 8 || Arrays.equals(bytes, 8, length, other, start + 8, start + length));
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
