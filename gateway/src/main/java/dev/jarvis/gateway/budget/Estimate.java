package dev.jarvis.gateway.budget;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.gateway.limit.Demand;
import dev.jarvis.gateway.limit.InputCount;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.ExchangeRates;
import dev.jarvis.platform.money.Price;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The most that a request can take from a budget. */
final class Estimate {
    private static final BigInteger HIGHEST = BigInteger.valueOf(Price.HIGHEST_CEILING_NANO);

    /** An answer is cut no shorter to fit into what is left. */
    private static final long SHORTEST_ANSWER = 256;

    private static final long SHORTER = 4;

    private final Demand demand;
    private final OptionalLong cap;
    private final long inputHigh;
    private final boolean isCounted;
    private OptionalLong ceiling = OptionalLong.empty();

    private Estimate(Demand demand, OptionalLong cap, long inputHigh, boolean isCounted) {
        this.demand = demand;
        this.cap = cap;
        this.inputHigh = inputHigh;
        this.isCounted = isCounted;
    }

    /** What the request itself allows, or else the model, or else the window that an answer cannot outgrow. */
    static Estimate of(Demand demand) {
        Model model = demand.model();
        OptionalLong cap = demand.outputCap();
        if (cap.isEmpty()) {
            OptionalInt known = model.maxTokens().isPresent() ? model.maxTokens() : model.contextWindow();
            cap = known.isPresent() ? OptionalLong.of(known.getAsInt()) : cap;
        }
        return new Estimate(demand, cap, demand.inputHigh(), demand.count().equals(InputCount.NONE));
    }

    /** Whether counting brings nothing any more. */
    boolean isCounted() {
        return isCounted;
    }

    /** The same with the input counted. Blocking. */
    Estimate counted() {
        long counted = demand.count().high().orElse(inputHigh);
        return new Estimate(demand, cap, Math.min(inputHigh, counted), true);
    }

    /** The same with a shorter answer, where the request does not say how long it may be; empty: it would be too short. */
    Optional<Estimate> shorter() {
        long shorter = cap.orElse(0) / SHORTER;
        return demand.outputCap().isEmpty() && shorter >= SHORTEST_ANSWER
                ? Optional.of(new Estimate(demand, OptionalLong.of(shorter), inputHigh, isCounted))
                : Optional.empty();
    }

    /** Output tokens of one answer; empty where nothing limits them. */
    OptionalLong cap() {
        return cap;
    }

    /** Tokens in and out. */
    long tokens() {
        return Amounts.sum(inputHigh, output());
    }

    /** Nano-units of the budget's currency, rounded up. Of the same price each time. */
    long money(Price price, long rateNano) {
        long most = ceiling(price);
        if (rateNano == BudgetClaim.SAME) {
            return most;
        }
        BigInteger same = BigInteger.valueOf(BudgetClaim.SAME);
        return BigInteger.valueOf(most)
                .multiply(BigInteger.valueOf(rateNano))
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

    /** Counted once for all budgets that bind. */
    private long ceiling(Price price) {
        if (ceiling.isEmpty()) {
            ceiling = OptionalLong.of(price.ceilingNano(inputHigh, output()));
        }
        return ceiling.getAsLong();
    }

    private long output() {
        long tokens = cap.orElse(0);
        return Math.multiplyHigh(tokens, demand.choices()) == 0 && tokens * demand.choices() >= 0
                ? tokens * demand.choices()
                : Long.MAX_VALUE;
    }
}
