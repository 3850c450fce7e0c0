package dev.jarvis.control.request;

import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Rules for the fields of request bodies. Each refuses with 400 and the field's name. */
public final class Fields {
    private static final int MAX_SEARCH = 2_000;

    private Fields() {}

    /** A field that must be there. */
    public static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw Refusal.badRequest("missing_parameter", "'" + name + "' is required.", name);
        }
        return value;
    }

    /**
     * A name that people read: one line, without white space at its ends and without characters that are invisible or
     * turn the direction of text. Everything else is kept as written; whoever shows it escapes it.
     *
     * @param maxLength in code points
     */
    public static String label(String value, String name, int maxLength) {
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > maxLength) {
            throw Refusal.badRequest(
                    "invalid_length", "'" + name + "' must have 1 to " + maxLength + " characters.", name);
        }
        if (!value.equals(value.strip()) || value.codePoints().anyMatch(Fields::isHidden)) {
            throw Refusal.badRequest(
                    "invalid_characters",
                    "'" + name + "' has characters that cannot be seen, or spaces at its ends.",
                    name);
        }
        return value;
    }

    /** Text to search for, literally. PostgreSQL has no NUL in text, so nothing can contain one. */
    public static String search(String value, String name) {
        if (value.length() > MAX_SEARCH || value.indexOf('\0') >= 0) {
            throw Refusal.badRequest(
                    "invalid_parameter",
                    "'" + name + "' must have at most " + MAX_SEARCH + " characters, no NUL.",
                    name);
        }
        return value;
    }

    /** One of a few words. */
    public static String oneOf(String value, String name, List<String> words) {
        if (!words.contains(value)) {
            throw Refusal.badRequest(
                    "invalid_value", "'" + name + "' must be one of " + String.join(", ", words) + ".", name);
        }
        return value;
    }

    /** Joiners are format characters too, but emoji and several scripts are written with them. */
    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
            default -> false;
        };
    }
}
