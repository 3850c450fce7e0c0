package dev.jarvis.gateway.rate;

import java.util.Locale;

/** What a rate limit is on. */
public enum RateScope {
    TEAM("team"),
    USER("user"),
    CALLER_KEY("caller key"),
    MODEL("model"),
    PROVIDER_KEY("provider key");

    private final String word;

    RateScope(String word) {
        this.word = word;
    }

    /** As people say it. */
    public String word() {
        return word;
    }

    /** As it stands in {@code rate_limits.scope}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such scope */
    public static RateScope of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
