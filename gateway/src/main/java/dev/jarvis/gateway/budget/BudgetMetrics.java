package dev.jarvis.gateway.budget;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.EnumMap;
import java.util.Map;

/** How budgets do, for {@code /metrics}. */
final class BudgetMetrics {
    private final MeterRegistry registry;
    private final Map<BudgetScope, Counter> refused = new EnumMap<>(BudgetScope.class);
    private final Counter unavailable;

    BudgetMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (BudgetScope scope : BudgetScope.values()) {
            refused.put(
                    scope,
                    Counter.builder("jarvis.gateway.budget.refusals")
                            .tag("scope", scope.code())
                            .register(registry));
        }
        this.unavailable = Counter.builder("jarvis.gateway.budget.unavailable").register(registry);
    }

    void watch(Purses purses) {
        Gauge.builder("jarvis.gateway.budget.windows", purses, Purses::size).register(registry);
    }

    void refused(BudgetScope scope) {
        Counter counter = refused.get(scope);
        if (counter != null) {
            counter.increment();
        }
    }

    void unavailable() {
        unavailable.increment();
    }
}
