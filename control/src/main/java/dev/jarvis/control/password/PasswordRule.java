package dev.jarvis.control.password;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a password may be: 12 to 1024 bytes of UTF-8 without NUL. No rule asks for kinds of characters. */
public final class PasswordRule {
    private static final int MIN_BYTES = 12;
    private static final int MAX_BYTES = 1024;

    /** What is longer is not even looked at. Characters. */
    private static final int FIELD_LENGTH = 4096;

    private PasswordRule() {}

    /** A new password from a field; empty if the field is absent. */
    public static Optional<String> chosen(Fields in, String name) {
        return in.string(name, FIELD_LENGTH).map(password -> choose(password, name));
    }

    /** A password to compare, from a field that must be there. */
    public static String compared(Fields in, String name) {
        return compare(in.require(name).string(name, FIELD_LENGTH).orElseThrow(), name);
    }

    /** A new password. Refuses with 400 {@code invalid_password}. */
    public static String choose(String password, String param) {
        if (bytes(password, param) < MIN_BYTES) {
            throw refusal("must have at least " + MIN_BYTES + " bytes", param);
        }
        return password;
    }

    /** A password to compare: anything that could be one. Keeps what is senseless away from the costly hash. */
    private static String compare(String password, String param) {
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
