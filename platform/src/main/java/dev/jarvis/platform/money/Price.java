package dev.jarvis.platform.money;

import java.math.BigInteger;
import java.util.Map;

/**
 * What a model costs, at one time of its life.
 *
 * @param version which of the model's prices this is; a record keeps it, so that a wrong price can be re-rated
 */
public record Price(long version, RateCard card) {
    /**
     * The highest that {@link #ceilingNano} says, two thousand million units of the currency: no record costs more, and
     * the sum of a few does not leave the range of a long.
     */
    public static final long HIGHEST_CEILING_NANO = 2_000_000_000L * 1_000_000_000L;

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** A price with one rate for what goes in and one for what comes out, in nano-units per million tokens. */
    public static Price of(long version, Currency currency, long inputNano, long outputNano) {
        return new Price(version, RateCard.of(currency, Rates.of(inputNano, outputNano)));
    }

    /** A price of the same rates for every request, in nano-units per million tokens. */
    public static Price of(long version, Currency currency, Map<TokenClass, Long> nanoPerMillion) {
        return new Price(version, RateCard.of(currency, new Rates(nanoPerMillion)));
    }

    public Currency currency() {
        return card.currency();
    }

    /** The rates of a request, see {@link RateCard#band}. */
    public RateBand band(String serviceTier, long inputTokens) {
        return card.band(serviceTier, inputTokens);
    }

    /** Nano-units per million tokens of a class, for a short request of the standard tier. */
    public long rate(TokenClass tokenClass) {
        return card.base().rate(tokenClass);
    }

    /**
     * The most that one attempt can cost, in nano-units: the dearest class of the dearest band it can fall into, since
     * neither the provider's cache nor its choice of tier is known beforehand. Rounded up, with a nano-unit for the
     * rounding of each cost line. A request counts as one; other counted units are the provider's to decide (searches) and
     * not in it.
     *
     * @param inputTokens the most that can go in
     * @param outputTokens the most that can come out
     */
    public long ceilingNano(long inputTokens, long outputTokens) {
        BigInteger highest = BigInteger.ZERO;
        for (RateBand band : card.bands()) {
            if (band.aboveInputTokens() == 0 || inputTokens > band.aboveInputTokens()) {
                highest = highest.max(millionth(band.rates(), inputTokens, outputTokens));
            }
        }
        long request = card.unitNano().getOrDefault(CountedUnit.REQUESTS, 0L);
        return highest.add(BigInteger.valueOf(request))
                .min(BigInteger.valueOf(HIGHEST_CEILING_NANO))
                .longValueExact();
    }

    /** Whether nothing is charged, which is not the same as having no price. */
    public boolean isFree() {
        return card.isFree();
    }

    private static BigInteger millionth(Rates rates, long inputTokens, long outputTokens) {
        BigInteger millions = BigInteger.valueOf(rates.highest(true))
                .multiply(BigInteger.valueOf(inputTokens))
                .add(BigInteger.valueOf(rates.highest(false)).multiply(BigInteger.valueOf(outputTokens)));
        if (millions.signum() == 0) {
            return BigInteger.ZERO;
        }
        return millions.add(MILLION.subtract(BigInteger.ONE))
                .divide(MILLION)
                .add(BigInteger.valueOf(TokenClass.values().length));
    }
}
