package dev.jarvis.platform.money;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Usage times price, one line for each class and unit that was used. A record's cost is the sum of its lines and nothing
 * else.
 *
 * @param serviceTier of the band that the request fell into
 * @param aboveInputTokens of the same band
 */
public record CostLines(List<CostLine> lines, String serviceTier, long aboveInputTokens) {
    public static final CostLines NONE = new CostLines(List.of(), RateBand.STANDARD, 0);

    /**
     * The most one line can amount to, 100 million currency units: what lies beyond is a mistyped price, and a sum of all
     * lines must not leave the range of a long on the way to a record that has to be written.
     */
    public static final long MAX_LINE_NANO = 100_000_000L * 1_000_000_000L;

    public CostLines {
        lines = List.copyOf(lines);
    }

    /**
     * No lines where the model has no price: its tokens are counted, its cost is zero.
     *
     * @param tokens of each class, none negative
     * @param serviceTier that served the request, as {@link RateBand} knows it
     */
    public static CostLines of(
            ToLongFunction<TokenClass> tokens,
            Map<CountedUnit, Long> units,
            Optional<RateCard> card,
            String serviceTier) {
        if (card.isEmpty()) {
            return NONE;
        }
        RateBand band = card.get().band(serviceTier, input(tokens));
        List<CostLine> lines = new ArrayList<>(4);
        for (TokenClass tokenClass : TokenClass.values()) {
            long used = tokens.applyAsLong(tokenClass);
            if (used > 0) {
                long amount = amount(band.rates(), tokenClass, used);
                lines.add(new CostLine(tokenClass, used, band.rates().rate(tokenClass), amount));
            }
        }
        card.get().unitNano().forEach((unit, nano) -> {
            long count = units.getOrDefault(unit, 0L);
            if (count > 0) {
                lines.add(new CostLine(unit, count, nano, amount(nano, count)));
            }
        });
        return new CostLines(lines, band.serviceTier(), band.aboveInputTokens());
    }

    public long totalNano() {
        long total = 0;
        for (CostLine line : lines) {
            total = Math.addExact(total, line.amountNano());
        }
        return total;
    }

    private static long input(ToLongFunction<TokenClass> tokens) {
        long input = 0;
        for (TokenClass tokenClass : TokenClass.values()) {
            input += tokenClass.isInput() ? tokens.applyAsLong(tokenClass) : 0;
        }
        return input;
    }

    private static long amount(Rates rates, TokenClass tokenClass, long tokens) {
        try {
            return Math.min(MAX_LINE_NANO, rates.amountNano(tokenClass, tokens));
        } catch (ArithmeticException beyondALong) {
            return MAX_LINE_NANO;
        }
    }

    private static long amount(long nano, long count) {
        return Math.multiplyHigh(nano, count) == 0 && nano * count >= 0
                ? Math.min(MAX_LINE_NANO, nano * count)
                : MAX_LINE_NANO;
    }
}
