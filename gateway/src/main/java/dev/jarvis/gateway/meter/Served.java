package dev.jarvis.gateway.meter;

import dev.jarvis.platform.money.CountedUnit;

import java.util.Map;
import java.util.Optional;

/**
 * What the provider says it served, besides tokens.
 *
 * @param model the model it used
 * @param serviceTier in its own word, for example {@code flex}; what was asked for is not always what is granted
 * @param units what it charges by the piece, for example web searches
 */
public record Served(Optional<String> model, Optional<String> serviceTier, Map<CountedUnit, Long> units) {
    public static final Served NOTHING_SAID = new Served(Optional.empty(), Optional.empty(), Map.of());

    /** Beyond this no count is believed. */
    private static final long MOST = 1_000_000;

    public Served {
        units = Map.copyOf(units);
        if (units.values().stream().anyMatch(count -> count < 0 || count > MOST)) {
            throw new IllegalArgumentException("a count of units that cannot be true");
        }
    }
}
