package dev.jarvis.platform.id;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads identifiers from outside. */
public final class Uuids {
    private Uuids() {}

    /** The id that a text spells in full, in either case; {@link UUID#fromString} alone would also read {@code 1-1-1-1-1}. */
    public static Optional<UUID> canonical(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text.toLowerCase(Locale.ROOT)) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
