package dev.jarvis.engine.mcp.client;

/** Characters that a person sees as they are. Others can hide what a model reads from whoever approves it. */
public final class Characters {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private Characters() {}

    /** Whether a text of several lines holds nothing else. Joiners are let through: some scripts and emojis need them. */
    public static boolean arePlain(String text) {
        return text.codePoints().allMatch(c -> isPlain(c) || c == '\n' || c == '\r' || c == '\t');
    }

    static boolean isPlain(int codePoint) {
        if (codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
