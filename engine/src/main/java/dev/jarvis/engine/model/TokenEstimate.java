package dev.jarvis.engine.model;

import java.nio.charset.StandardCharsets;

/**
 * Tokens as estimated, since no model's tokenizer is known here: three bytes of UTF-8 to a token are on the safe side for
 * English and about right for Chinese.
 */
public final class TokenEstimate {
    /** What providers count for an image of usual size. */
    public static final int IMAGE = 1_600;

    private static final int BYTES_A_TOKEN = 3;

    private TokenEstimate() {}

    public static int of(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}
