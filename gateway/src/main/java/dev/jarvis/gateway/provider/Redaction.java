package dev.jarvis.gateway.provider;

import dev.jarvis.gateway.catalog.ProviderKey;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes a provider key out of what the provider sends back, should it echo it (S19). */
public final class Redaction {
    private static final String STARS = "***";

    /** Shorter ones would tear holes into innocent text. */
    private static final int SHORTEST = 8;

    private Redaction() {}

    /** The same bytes where the key is not in them, otherwise a copy with stars. */
    public static byte[] of(byte[] body, Optional<ProviderKey> key) {
        if (key.isEmpty() || key.get().secret().reveal().length() < SHORTEST) {
            return body;
        }
        // ISO 8859-1 maps bytes to characters one to one, so nothing but the key changes.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String secret =
                new String(key.get().secret().reveal().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return text.contains(secret) ? text.replace(secret, STARS).getBytes(StandardCharsets.ISO_8859_1) : body;
    }

    public static String of(String value, Optional<ProviderKey> key) {
        return key.map(used -> used.secret().reveal())
                .filter(secret -> secret.length() >= SHORTEST)
                .map(secret -> value.replace(secret, STARS))
                .orElse(value);
    }
}
