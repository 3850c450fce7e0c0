package dev.jarvis.control.password;

import dev.jarvis.platform.http.Refusal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What a password may be: 12 to 1024 bytes of UTF-8 without NUL. No rule asks for kinds of characters. */
public final class PasswordRule {
    private static final int MIN_BYTES = 12;
    private static final int MAX_BYTES = 1024;

    private PasswordRule() {}

    /** A new password. Refuses with 400 {@code invalid_password}. */
    public static String choose(String password, String param) {
        if (bytes(password, param) < MIN_BYTES) {
            throw refusal("must have at least " + MIN_BYTES + " bytes", param);
        }
        return password;
    }

    /** A password to compare: anything that could be one. Keeps what is senseless away from the costly hash. */
    public static String compare(String password, String param) {
        bytes(password, param);
        return password;
    }

    private static int bytes(String password, String param) {
        if (password.length() > MAX_BYTES || password.indexOf('\0') >= 0) {
            throw refusal("must have at most " + MAX_BYTES + " bytes and no NUL", param);
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password));
            if (encoded.remaining() > MAX_BYTES) {
                throw refusal("must have at most " + MAX_BYTES + " bytes", param);
            }
            return encoded.remaining();
        } catch (CharacterCodingException e) {
            throw refusal("has half a character (an unpaired surrogate)", param);
        }
    }

    private static Refusal refusal(String why, String param) {
        return Refusal.badRequest("invalid_password", "'" + param + "' " + why + ".", param);
    }
}
