package dev.jarvis.platform.input;

import dev.jarvis.platform.http.Refusal;

/**
 * Checks text that people will read later. Markup is stored as it came, since escaping belongs to whoever shows it; what
 * is refused are characters that no screen shows or that turn the text around them (bidirectional overrides).
 */
final class PlainText {
    private PlainText() {}

    /** One line, not blank. */
    static String line(String text, int most, String param) {
        if (text.isBlank()) {
            throw Refusal.badRequest("invalid_length", "'" + param + "' must not be empty.", param);
        }
        return check(text, most, param, false);
    }

    /** Lines, possibly none. */
    static String paragraph(String text, int most, String param) {
        return check(text, most, param, true);
    }

    private static String check(String text, int most, String param, boolean lines) {
        if (text.codePointCount(0, text.length()) > most) {
            throw Refusal.badRequest(
                    "invalid_length", "'" + param + "' must be at most " + most + " characters long.", param);
        }
        if (!text.codePoints().allMatch(c -> isShown(c) || (lines && (c == '\n' || c == '\r' || c == '\t')))) {
            throw Refusal.badRequest(
                    "invalid_characters",
                    "'" + param + "' contains control characters, or ones that reverse the direction of text.",
                    param);
        }
        return text;
    }

    private static boolean isShown(int c) {
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return !turns
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
