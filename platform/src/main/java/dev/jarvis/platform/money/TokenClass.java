package dev.jarvis.platform.money;

import java.util.Optional;

/**
 * The disjoint classes that tokens are counted and priced in; their sum is the provider's total. An adapter sorts what
 * its provider reports into them, and nobody after it needs to know who counts cached tokens inside the prompt.
 */
public enum TokenClass implements Billable {
    INPUT("input"),
    CACHE_READ("cache_read"),
    CACHE_WRITE_5M("cache_write_5m"),
    CACHE_WRITE_1H("cache_write_1h"),
    OUTPUT("output"),
    REASONING("reasoning"),
    AUDIO_IN("audio_in"),
    AUDIO_OUT("audio_out"),
    IMAGE_IN("image_in");

    private final String code;

    TokenClass(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    public static Optional<TokenClass> of(String code) {
        for (TokenClass tokenClass : values()) {
            if (tokenClass.code.equals(code)) {
                return Optional.of(tokenClass);
            }
        }
        return Optional.empty();
    }

    /**
     * The class whose rate holds where a price has none for this one: writing to a cache for an hour costs at least what
     * it costs for five minutes, and everything else is charged as plain input or output.
     */
    TokenClass chargedAs() {
        return this == CACHE_WRITE_1H ? CACHE_WRITE_5M : isInput() ? INPUT : OUTPUT;
    }

    /** Whether the class is part of what was sent to the model rather than of what it produced. */
    public boolean isInput() {
        return this != OUTPUT && this != REASONING && this != AUDIO_OUT;
    }
}
