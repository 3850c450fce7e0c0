package dev.jarvis.platform.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a model's tokens cost.
 *
 * @param version which of the model's prices this is; a record keeps it, so that a wrong price can be re-rated
 * @param nanoPerMillion nano-units per million tokens, by class; a class without a price of its own is charged as
 *     {@link TokenClass#INPUT} or {@link TokenClass#OUTPUT}
 */
public record Price(long version, Currency currency, Map<TokenClass, Long> nanoPerMillion) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public Price {
        nanoPerMillion = Map.copyOf(nanoPerMillion);
        nanoPerMillion.forEach((tokenClass, nano) -> {
            if (nano < 0) {
                throw new IllegalArgumentException("negative price for " + tokenClass.code());
            }
        });
    }

    /** A price with one rate for what goes in and one for what comes out, in nano-units per million tokens. */
    public static Price of(long version, Currency currency, long inputNano, long outputNano) {
        Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
        rates.put(TokenClass.INPUT, inputNano);
        rates.put(TokenClass.OUTPUT, outputNano);
        return new Price(version, currency, rates);
    }

    /** Nano-units per million tokens of a class. */
    public long rate(TokenClass tokenClass) {
        Long own = nanoPerMillion.get(tokenClass);
        if (own != null) {
            return own;
        }
        return nanoPerMillion.getOrDefault(tokenClass.isInput() ? TokenClass.INPUT : TokenClass.OUTPUT, 0L);
    }

    /**
     * What a number of tokens costs, rounded half up to the nano-unit: the rounding is done once for each cost line,
     * so a record's lines add up to its cost.
     */
    public long amountNano(TokenClass tokenClass, long tokens) {
        long rate = rate(tokenClass);
        if (tokens == 0 || rate == 0) {
            return 0;
        }
        if (Math.multiplyHigh(tokens, rate) == 0 && tokens * rate >= 0 && tokens * rate <= Long.MAX_VALUE - 500_000) {
            return (tokens * rate + 500_000) / 1_000_000;
        }
        return new BigDecimal(BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(rate)))
                .divide(MILLION, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Whether nothing is charged, which is not the same as having no price. */
    public boolean isFree() {
        return nanoPerMillion.values().stream().allMatch(nano -> nano == 0);
    }
}
