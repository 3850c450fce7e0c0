package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Usage times price, one line for each class that was used. A record's cost is the sum of its lines and nothing else. */
record CostLines(List<CostLine> lines) {
    static final CostLines NONE = new CostLines(List.of());

    /**
     * The most one line can amount to, 100 million currency units: what lies beyond is a mistyped price, and a sum of
     * nine lines must not leave the range of a long on the way to a record that has to be written.
     */
    static final long MAX_LINE_NANO = 100_000_000L * 1_000_000_000L;

    CostLines {
        lines = List.copyOf(lines);
    }

    /** No lines where the model has no price: its tokens are counted, its cost is zero. */
    static CostLines of(TokenUsage usage, Optional<Price> price) {
        if (price.isEmpty()) {
            return NONE;
        }
        Rates rates = price.get().card().base();
        List<CostLine> lines = new ArrayList<>(4);
        for (TokenClass tokenClass : TokenClass.values()) {
            long tokens = usage.tokens(tokenClass);
            if (tokens > 0) {
                lines.add(new CostLine(tokenClass, tokens, rates.rate(tokenClass), amount(rates, tokenClass, tokens)));
            }
        }
        return new CostLines(lines);
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
}
