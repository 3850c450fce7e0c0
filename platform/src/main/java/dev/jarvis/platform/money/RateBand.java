package dev.jarvis.platform.money;

import java.util.Locale;

/**
 * The rates that hold for a request of a service tier whose input is longer than a number of tokens. They hold for all of
 * the request's tokens, not only for those above it: so do the providers that have such prices.
 *
 * @param serviceTier {@link #STANDARD}, or the provider's word: {@code flex}, {@code priority}, {@code batch}
 * @param aboveInputTokens the band begins with one token more than this, cached ones included; 0 for the first
 */
public record RateBand(String serviceTier, long aboveInputTokens, Rates rates) {
    /** The tier of a request that says nothing of it, and of a provider that has no tiers. */
    public static final String STANDARD = "";

    /** The longest word for a tier. */
    public static final int MAX_TIER_LENGTH = 24;

    public RateBand {
        if (aboveInputTokens < 0) {
            throw new IllegalArgumentException("a band cannot begin below zero tokens");
        }
        if (!isTier(serviceTier) && !serviceTier.isEmpty()) {
            throw new IllegalArgumentException("no word for a service tier");
        }
    }

    /** Whether this is the band that holds where no other one does. */
    public boolean isBase() {
        return serviceTier.isEmpty() && aboveInputTokens == 0;
    }

    /** Whether the word can name a tier: a short one of lower-case letters, digits, {@code _} and {@code -}. */
    public static boolean isTier(String word) {
        return !word.isEmpty()
                && word.length() <= MAX_TIER_LENGTH
                && word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-');
    }

    /** A provider's or a client's word for a tier as prices know it; {@code default} and {@code auto} are standard. */
    public static String tierOf(String word) {
        String tier = word.toLowerCase(Locale.ROOT);
        return switch (tier) {
            case "default", "auto", "standard", "standard_only", "on_demand" -> STANDARD;
            default -> isTier(tier) ? tier : STANDARD;
        };
    }
}
