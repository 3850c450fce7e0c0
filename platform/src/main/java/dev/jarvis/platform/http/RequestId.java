package dev.jarvis.platform.http;

import dev.jarvis.platform.id.Uuid7;

import java.util.UUID;

/** Ids of requests: {@code req_} and 32 hexadecimal digits of a time-ordered UUID. */
public final class RequestId {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int PREFIX = 4;

    private RequestId() {}

    public static String next() {
        UUID id = Uuid7.next();
        char[] text = new char[PREFIX + 32];
        "req_".getChars(0, PREFIX, text, 0);
        hex(id.getMostSignificantBits(), text, PREFIX);
        hex(id.getLeastSignificantBits(), text, PREFIX + 16);
        return new String(text);
    }

    private static void hex(long bits, char[] text, int at) {
        for (int i = 15; i >= 0; i--) {
            text[at + i] = HEX[(int) (bits & 0xF)];
            bits >>>= 4;
        }
    }
}
