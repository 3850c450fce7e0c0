package dev.jarvis.control.price;

import java.util.Locale;

/** Who says so. What an administrator said is never replaced by anyone else. */
public enum PriceSource {
    ADMIN,
    CATALOGUE,
    IMPORT,
    SEED;

    /** The word in the database and in APIs. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
