package dev.jarvis.gateway.dialect.bytes;

import java.nio.charset.StandardCharsets;

/** JSON's escape sequences, there and back. The way there expects a string that the scanner has passed. */
public final class Escapes {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Escapes() {}

    /** The text of a raw string between its quotes. A lone surrogate stays one. */
    static String text(byte[] bytes, int start, int end) {
        String raw = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                i++;
            } else if (raw.charAt(i + 1) == 'u') {
                text.append((char) Integer.parseInt(raw, i + 2, i + 6, 16));
                i += 6;
            } else {
                text.append(plain(raw.charAt(i + 1)));
                i += 2;
            }
        }
        return text.toString();
    }

    private static char plain(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    /** The four hexadecimal digits at {@code index} as a number, or -1. */
    static int unit(byte[] bytes, int index) {
        int unit = 0;
        for (int i = index; i < index + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** The text as a JSON string with its quotes, UTF-8. */
    public static byte[] quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 15])
                        .append(HEX[c >> 4 & 15])
                        .append(HEX[c & 15]);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }
}
