package dev.jarvis.platform.body;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether the bodies of calls are kept, the strictest first. */
public enum BodyPolicy {
    /** They are not. */
    OFF,
    /** Secrets and what tells who people are is replaced before anything is written. */
    MASKED,
    /** As they were. */
    FULL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BodyPolicy of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(BodyPolicy::code).toList();
    }

    /** The stricter of two that were set. */
    public BodyPolicy and(BodyPolicy other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
