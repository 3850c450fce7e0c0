package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.ExchangeRates;
import dev.jarvis.platform.money.Price;

import java.math.BigInteger;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The most that a request can take from a budget. */
final class Estimate {
    private static final BigInteger HIGHEST = BigInteger.valueOf(Price.HIGHEST_CEILING_NANO);

    private final Demand demand;
    private final OptionalLong cap;

    private Estimate(Demand demand, OptionalLong cap) {
        this.demand = demand;
        this.cap = cap;
    }

    /** What the request itself allows, or else the model, or else the window that an answer cannot outgrow. */
    static Estimate of(Demand demand) {
        Model model = demand.model();
        OptionalLong cap = demand.outputCap();
        if (cap.isEmpty()) {
            OptionalInt known = model.maxTokens().isPresent() ? model.maxTokens() : model.contextWindow();
            cap = known.isPresent() ? OptionalLong.of(known.getAsInt()) : cap;
        }
        return new Estimate(demand, cap);
    }

    /** Output tokens of one answer; empty where nothing limits them. */
    OptionalLong cap() {
        return cap;
    }

    /** Tokens in and out. */
    long tokens() {
        return Amounts.sum(demand.inputHigh(), output());
    }

    /** Nano-units of the budget's currency, rounded up. */
    long money(Price price, long rateNano) {
        BigInteger ceiling = BigInteger.valueOf(price.ceilingNano(demand.inputHigh(), output()));
        if (rateNano == BudgetClaim.SAME) {
            return ceiling.longValueExact();
        }
        BigInteger same = BigInteger.valueOf(BudgetClaim.SAME);
        return ceiling.multiply(BigInteger.valueOf(rateNano))
                .add(same.subtract(BigInteger.ONE))
                .divide(same)
                .min(HIGHEST)
                .longValueExact();
    }

    /**
     * Nano-units of the budget's currency for one unit of the price's.
     *
     * @throws Refusal if nobody set a rate
     */
    static long rate(Price price, BudgetUnit unit, ExchangeRates rates, Instant at) {
        return rates.nanoRateUp(price.currency(), Currency.valueOf(unit.code()), at)
                .orElseThrow(() -> BudgetRefusals.noRate(price.currency(), unit.code()));
    }

    private long output() {
        long tokens = cap.orElse(0);
        return Math.multiplyHigh(tokens, demand.choices()) == 0 && tokens * demand.choices() >= 0
                ? tokens * demand.choices()
                : Long.MAX_VALUE;
    }
}
