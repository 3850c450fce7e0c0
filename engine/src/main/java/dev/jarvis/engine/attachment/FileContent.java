package dev.jarvis.engine.attachment;

import org.jspecify.annotations.Nullable;

/**
 * What a file turned out to be.
 *
 * @param text what a model reads of it; {@code null}: an image
 * @param truncated whether there is more text than that
 */
record FileContent(
        String kind,
        String mediaType,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Integer pages,
        @Nullable String text,
        boolean truncated) {
    /** More fills the window of any model that there is. */
    static final int MOST_CHARACTERS = 400_000;

    static FileContent image(String mediaType, int width, int height) {
        return new FileContent("image", mediaType, width, height, null, null, false);
    }

    static FileContent text(String text) {
        return new FileContent("text", "text/plain", null, null, null, cut(text), text.length() > MOST_CHARACTERS);
    }

    static FileContent pdf(int pages, String text, boolean truncated) {
        return new FileContent(
                "pdf", "application/pdf", null, null, pages, cut(text), truncated || text.length() > MOST_CHARACTERS);
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
    }
}
