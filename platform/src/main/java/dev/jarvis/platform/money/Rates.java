package dev.jarvis.platform.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a million tokens of each class cost.
 *
 * @param nanoPerMillion nano-units of the price's currency, in the order of the classes; a class without a rate of its own
 *     is charged as the next plainer one, in the end as {@link TokenClass#INPUT} or {@link TokenClass#OUTPUT}
 */
public record Rates(Map<TokenClass, Long> nanoPerMillion) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public Rates {
        Map<TokenClass, Long> ordered = new EnumMap<>(TokenClass.class);
        ordered.putAll(nanoPerMillion);
        ordered.forEach((tokenClass, nano) -> {
            if (nano < 0) {
                throw new IllegalArgumentException("negative price for " + tokenClass.code());
            }
        });
        nanoPerMillion = Collections.unmodifiableMap(ordered);
    }

    /** One rate for what goes in and one for what comes out, in nano-units per million tokens. */
    public static Rates of(long inputNano, long outputNano) {
        return new Rates(Map.of(TokenClass.INPUT, inputNano, TokenClass.OUTPUT, outputNano));
    }

    /** Nano-units per million tokens of a class; zero where neither it nor a plainer class has a rate. */
    public long rate(TokenClass tokenClass) {
        TokenClass charged = tokenClass;
        while (true) {
            Long own = nanoPerMillion.get(charged);
            if (own != null) {
                return own;
            }
            TokenClass plainer = charged.chargedAs();
            if (plainer == charged) {
                return 0;
            }
            charged = plainer;
        }
    }

    /**
     * What a number of tokens costs, rounded half up to the nano-unit: the rounding is done once for each cost line, so a
     * record's lines add up to its cost.
     *
     * @throws ArithmeticException if it leaves the range of a long
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

    /** Whether nothing is charged. */
    public boolean isFree() {
        return nanoPerMillion.values().stream().allMatch(nano -> nano == 0);
    }

    /** The dearest rate among the classes that go in, or among those that come out. */
    long highest(boolean input) {
        long highest = 0;
        for (TokenClass tokenClass : TokenClass.values()) {
            if (tokenClass.isInput() == input) {
                highest = Math.max(highest, rate(tokenClass));
            }
        }
        return highest;
    }
}
