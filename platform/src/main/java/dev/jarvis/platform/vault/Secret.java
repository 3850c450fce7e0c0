package dev.jarvis.platform.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret on its way between the vault and its one use. It cannot be printed, serialised or written as JSON by
 * accident: {@link #reveal} is the only way to its value, and is easy to search for.
 */
public final class Secret {
    private final String value;

    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret cannot be blank");
        }
        this.value = value;
    }

    /** The value itself. Never log, store or send what this returns except to the secret's one destination. */
    public String reveal() {
        return value;
    }

    /** The last four characters, or fewer of a short secret: at most a quarter of it is ever shown. */
    public String hint() {
        int shown = Math.min(4, value.length() / 4);
        return value.substring(value.length() - shown);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "***";
    }
}
