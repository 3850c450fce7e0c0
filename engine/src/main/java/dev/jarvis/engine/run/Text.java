package dev.jarvis.engine.run;

/** Text as PostgreSQL and JSON can hold it. */
final class Text {
    private Text() {}

    /** Without NUL, and with a replacement for halves of characters. */
    static String storable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                kept.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                kept.append('\uFFFD');
            } else if (c != 0) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
