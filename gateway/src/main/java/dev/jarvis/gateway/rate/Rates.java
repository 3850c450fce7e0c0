package dev.jarvis.gateway.rate;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The limits, and where they are counted.
 *
 * @param millis a clock that only goes forward
 */
public record Rates(LiveRateRules rules, RateStore store, LongSupplier millis) {
    /** Counted in this node's memory alone. */
    public static Rates local(LiveRateRules rules, Supplier<Share> share) {
        LongSupplier millis = () -> System.nanoTime() / 1_000_000;
        return new Rates(rules, new LocalRates(millis, share), millis);
    }
}
