package dev.jarvis.gateway.limit;

import dev.jarvis.gateway.catalog.Model;

/** An upper bound of input tokens that needs no tokenizer: a token is at least one byte of text. */
public final class InputBound {
    /** Tokens of the chat template around the messages that their own JSON does not pay for. */
    public static final long TEMPLATE_TOKENS = 256;

    /** The longest context window on offer: no answer, and no image behind a short URL, is longer. */
    public static final int LONGEST_WINDOW = 1_048_576;

    private InputBound() {}

    /** One token a byte, or the whole window where an image can hide in a URL. */
    public static long of(long requestBytes, Model model) {
        long asText = requestBytes + TEMPLATE_TOKENS;
        return model.supportsVision() ? Math.max(asText, model.contextWindow().orElse(LONGEST_WINDOW)) : asText;
    }
}
