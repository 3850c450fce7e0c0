package dev.jarvis.platform.money;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that one model costs: by token class, service tier and length of the input, and by counted unit.
 *
 * @param bands the base band and others, in the order of tier and length; each is complete in itself
 * @param unitNano nano-units for one of each counted unit; one without a price is free
 */
public record RateCard(Currency currency, List<RateBand> bands, Map<CountedUnit, Long> unitNano) {
    /** The most bands: a price goes into the journal with every attempt, so it has to be small. */
    public static final int MAX_BANDS = 16;

    private static final Comparator<RateBand> ORDER =
            Comparator.comparing(RateBand::serviceTier).thenComparingLong(RateBand::aboveInputTokens);

    public RateCard {
        // Most cards have one band, and the usage shipper reads a card with each record.
        bands = bands.size() == 1
                ? List.copyOf(bands)
                : bands.stream().sorted(ORDER).toList();
        if (bands.isEmpty() || bands.size() > MAX_BANDS || !bands.getFirst().isBase()) {
            throw new IllegalArgumentException("a rate card has a base band and at most " + MAX_BANDS + " in all");
        }
        for (int i = 1; i < bands.size(); i++) {
            if (ORDER.compare(bands.get(i - 1), bands.get(i)) == 0) {
                throw new IllegalArgumentException("a rate card has the same band twice");
            }
        }
        Map<CountedUnit, Long> ordered = new EnumMap<>(CountedUnit.class);
        ordered.putAll(unitNano);
        for (long nano : ordered.values()) {
            if (nano < 0) {
                throw new IllegalArgumentException("negative price for a unit");
            }
        }
        unitNano = Collections.unmodifiableMap(ordered);
    }

    /** The same rates for every request. */
    public static RateCard of(Currency currency, Rates rates) {
        return new RateCard(currency, List.of(new RateBand(RateBand.STANDARD, 0, rates)), Map.of());
    }

    public Rates base() {
        return bands.getFirst().rates();
    }

    /**
     * The band that a request falls into. A tier without bands of its own is charged as standard.
     *
     * @param serviceTier {@link RateBand#STANDARD} or a tier's word
     * @param inputTokens all that went in, cached tokens included
     */
    public RateBand band(String serviceTier, long inputTokens) {
        RateBand found = null;
        RateBand standard = bands.getFirst();
        for (RateBand band : bands) {
            if (inputTokens > band.aboveInputTokens() || band.aboveInputTokens() == 0) {
                if (band.serviceTier().equals(serviceTier)) {
                    found = band;
                }
                if (band.serviceTier().isEmpty()) {
                    standard = band;
                }
            }
        }
        return found == null ? standard : found;
    }

    /** Whether nothing at all is charged. */
    public boolean isFree() {
        return bands.stream().allMatch(band -> band.rates().isFree())
                && unitNano.values().stream().allMatch(nano -> nano == 0);
    }
}
