package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Usage times price, one line for each class and unit that was used. A record's cost is the sum of its lines and nothing
 * else.
 *
 * @param serviceTier of the band that the request fell into
 * @param aboveInputTokens of the same band
 */
record CostLines(List<CostLine> lines, String serviceTier, long aboveInputTokens) {
    static final CostLines NONE = new CostLines(List.of(), RateBand.STANDARD, 0);

    /**
     * The most one line can amount to, 100 million currency units: what lies beyond is a mistyped price, and a sum of all
     * lines must not leave the range of a long on the way to a record that has to be written.
     */
    static final long MAX_LINE_NANO = 100_000_000L * 1_000_000_000L;

    CostLines {
        lines = List.copyOf(lines);
    }

    /**
     * No lines where the model has no price: its tokens are counted, its cost is zero.
     *
     * @param serviceTier that served the request, as {@link RateBand} knows it
     */
    static CostLines of(TokenUsage usage, Map<CountedUnit, Long> units, Optional<Price> price, String serviceTier) {
        if (price.isEmpty()) {
            return NONE;
        }
        RateBand band = price.get().band(serviceTier, usage.totalInput());
        List<CostLine> lines = new ArrayList<>(4);
        for (TokenClass tokenClass : TokenClass.values()) {
            long tokens = usage.tokens(tokenClass);
            if (tokens > 0) {
                long amount = amount(band.rates(), tokenClass, tokens);
                lines.add(new CostLine(tokenClass, tokens, band.rates().rate(tokenClass), amount));
            }
        }
        price.get().card().unitNano().forEach((unit, nano) -> {
            long count = units.getOrDefault(unit, 0L);
            if (count > 0) {
                lines.add(new CostLine(unit, count, nano, amount(nano, count)));
            }
        });
        return new CostLines(lines, band.serviceTier(), band.aboveInputTokens());
    }

    long totalNano() {
        long total = 0;
        for (CostLine line : lines) {
            total = Math.addExact(total, line.amountNano());
        }
        return total;
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
