package dev.jarvis.gateway.rate;

import dev.jarvis.platform.notice.Live;
import dev.jarvis.platform.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The limits, and where they are counted.
 *
 * @param millis a clock that only goes forward
 * @param problem why this node counts by itself though it should not; a sentence that anyone may read
 */
public record Rates(Live<RateRules> rules, RateStore store, LongSupplier millis, Supplier<Optional<String>> problem)
        implements AutoCloseable {
    private static final LongSupplier MILLIS = () -> System.nanoTime() / 1_000_000;

    /** Counted in this node's memory: each node applies its share. */
    public static Rates local(Live<RateRules> rules, Supplier<Share> share) {
        return new Rates(rules, new LocalRates(MILLIS, share), MILLIS, Optional::empty);
    }

    /**
     * Counted in Redis for all nodes together; in this node's memory while Redis is away.
     *
     * @param installation names what is ours in a Redis that others use too
     */
    public static Rates shared(
            Live<RateRules> rules, Redis redis, UUID installation, Neighbours neighbours, MeterRegistry registry) {
        LocalRates local = new LocalRates(MILLIS, neighbours::share);
        SharedRates shared = new SharedRates(redis, installation, local, neighbours, registry);
        return new Rates(rules, shared, MILLIS, shared::problem);
    }

    @Override
    public void close() {
        rules.close();
        if (store instanceof SharedRates shared) {
            shared.close();
        }
    }
}
