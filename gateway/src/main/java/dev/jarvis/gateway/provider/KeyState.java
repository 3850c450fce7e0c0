package dev.jarvis.gateway.provider;

import java.util.Locale;

/** Why a provider key is set aside; the names of {@code provider_key_health.state}. */
public enum KeyState {
    /** Over the provider's rate: usable again by itself when its time has come. */
    COOLING,
    /** Out of money or quota. */
    EXHAUSTED,
    /** The provider does not know the key. */
    REFUSED,
    /** The key is good, its surroundings are not: country, address, organisation, rights. */
    MISCONFIGURED;

    /** Whether one request tries the key first before all may use it again. */
    public boolean needsProbe() {
        return this != COOLING;
    }

    /** @throws IllegalArgumentException if there is no such state */
    public static KeyState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
