package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.meter.Outcome;
import dev.jarvis.platform.money.TokenClass;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateway's metrics. Meters are kept by what they are labelled with: a look-up in the registry costs more. */
public final class Measures {
    private static final Duration[] DURATIONS = durations();
    private static final double[] TOKENS = {1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304};

    private record Labels(String name, String model, String provider, String detail) {}

    private final MeterRegistry registry;
    private final ConcurrentMap<Labels, Timer> timers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Labels, DistributionSummary> summaries = new ConcurrentHashMap<>();
    private final ConcurrentMap<Labels, Counter> counters = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger drains = new AtomicInteger();

    public Measures(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("jarvis.gateway.streams.active", streams, AtomicInteger::get)
                .register(registry);
        Gauge.builder("jarvis.gateway.drains.active", drains, AtomicInteger::get)
                .register(registry);
    }

    private static Duration[] durations() {
        Duration[] bounds = new Duration[14];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Duration.ofMillis(10L << i);
        }
        return bounds;
    }

    void streamBegan() {
        streams.incrementAndGet();
    }

    void streamEnded() {
        streams.decrementAndGet();
    }

    void drainBegan() {
        drains.incrementAndGet();
    }

    void drainEnded() {
        drains.decrementAndGet();
    }

    void request(String model, String provider, String errorCode, long nanos) {
        timer(GenAi.REQUEST_DURATION, model, provider, errorCode).record(nanos, TimeUnit.NANOSECONDS);
    }

    void firstContent(String model, String provider, long millis) {
        timer(GenAi.TIME_TO_FIRST_TOKEN, model, provider, "").record(millis, TimeUnit.MILLISECONDS);
    }

    void attempt(String model, String provider, Outcome outcome) {
        counter("jarvis.gateway.attempts", model, provider, "outcome", outcome.code())
                .increment();
    }

    /** A whole answer whose tokens are an estimate (T15, U10). */
    void usageMissing(String model, String provider, String reason) {
        counter("jarvis.gateway.usage.missing", model, provider, "reason", reason)
                .increment();
    }

    /** Events of a stream that are no JSON, relayed as they are (U17). */
    void malformedEvents(String model, String provider, long events) {
        counter("jarvis.gateway.events.malformed", model, provider, "", "").increment(events);
    }

    /** @param tag a third label; empty: there is none */
    private Counter counter(String name, String model, String provider, String tag, String value) {
        return counters.computeIfAbsent(new Labels(name, model, provider, value), labels -> {
            Counter.Builder counter =
                    Counter.builder(name).tag(GenAi.REQUEST_MODEL, model).tag(GenAi.PROVIDER, provider);
            return (tag.isEmpty() ? counter : counter.tag(tag, value)).register(registry);
        });
    }

    void usage(String model, String provider, TokenUsage usage) {
        long input = 0;
        for (TokenClass tokenClass : TokenClass.values()) {
            input += tokenClass.isInput() ? usage.tokens(tokenClass) : 0;
        }
        summary(model, provider, "input").record(input);
        summary(model, provider, "output").record(usage.total() - input);
    }

    private DistributionSummary summary(String model, String provider, String type) {
        return summaries.computeIfAbsent(
                new Labels(GenAi.TOKEN_USAGE, model, provider, type),
                labels -> DistributionSummary.builder(labels.name())
                        .tag(GenAi.OPERATION, GenAi.CHAT)
                        .tag(GenAi.REQUEST_MODEL, model)
                        .tag(GenAi.PROVIDER, provider)
                        .tag(GenAi.TOKEN_TYPE, type)
                        .serviceLevelObjectives(TOKENS)
                        .register(registry));
    }

    private Timer timer(String name, String model, String provider, String errorCode) {
        return timers.computeIfAbsent(
                new Labels(name, model, provider, errorCode),
                labels -> Timer.builder(labels.name())
                        .tag(GenAi.OPERATION, GenAi.CHAT)
                        .tag(GenAi.REQUEST_MODEL, model)
                        .tag(GenAi.PROVIDER, provider)
                        .tag(GenAi.ERROR_TYPE, errorCode)
                        .serviceLevelObjectives(DURATIONS)
                        .register(registry));
    }
}
