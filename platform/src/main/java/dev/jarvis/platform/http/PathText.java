package dev.jarvis.platform.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads paths and parts of them: percent-encoded UTF-8 without control characters (RFC 3986 §2.1). */
public final class PathText {
    private PathText() {}

    /**
     * What a path or a part of it says. A plus stays one: only in queries it stands for a space.
     *
     * @throws Refusal 400 {@code bad_path}
     */
    public static String decode(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw malformed();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return text(bytes.toByteArray());
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw malformed();
            }
            return text;
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    static Refusal malformed() {
        return Refusal.badRequest("bad_path", "The path is not well-formed.", null);
    }
}
