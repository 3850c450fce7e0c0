package dev.jarvis.gateway.chat;

import dev.jarvis.platform.money.TokenClass;

/**
 * Tokens of one attempt in disjoint classes: their sum is the provider's total. Which reported number belongs to which
 * class is settled in the provider's adapter and nowhere else.
 */
public record TokenUsage(
        long input,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long output,
        long reasoning,
        long audioIn,
        long audioOut,
        long imageIn) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public TokenUsage {
        if ((input | cacheRead | cacheWrite5m | cacheWrite1h | output | reasoning | audioIn | audioOut | imageIn) < 0) {
            throw new IllegalArgumentException("negative token count");
        }
    }

    /** Plain input and output, nothing cached. */
    public static TokenUsage of(long input, long output) {
        return new TokenUsage(input, 0, 0, 0, output, 0, 0, 0, 0);
    }

    public long tokens(TokenClass tokenClass) {
        return switch (tokenClass) {
            case INPUT -> input;
            case CACHE_READ -> cacheRead;
            case CACHE_WRITE_5M -> cacheWrite5m;
            case CACHE_WRITE_1H -> cacheWrite1h;
            case OUTPUT -> output;
            case REASONING -> reasoning;
            case AUDIO_IN -> audioIn;
            case AUDIO_OUT -> audioOut;
            case IMAGE_IN -> imageIn;
        };
    }

    /** All that went in, whatever became of it. */
    public long totalInput() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h + audioIn + imageIn;
    }

    public long total() {
        return totalInput() + output + reasoning + audioOut;
    }
}
