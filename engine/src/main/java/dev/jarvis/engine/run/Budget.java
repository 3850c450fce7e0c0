package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.RunLimits;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a run and the runs below it have used, against its limits. Asked before each step, so one step may go over. */
final class Budget {
    private static final BigDecimal NANO = BigDecimal.valueOf(1, 9);

    private final RunLimits limits;
    private final Instant deadline;
    private int steps;
    private long tokens;
    private final Map<String, Long> nanos;

    Budget(RunLimits limits, Instant deadline, StepTable.Spent spent, Map<String, Long> nanos) {
        this.limits = limits;
        this.deadline = deadline;
        this.steps = spent.steps();
        this.tokens = spent.tokens();
        this.nanos = new HashMap<>(nanos);
    }

    void countStep() {
        steps++;
    }

    void countTokens(long used) {
        tokens += used;
    }

    void countCost(long nano, String currency) {
        nanos.merge(currency, nano, Long::sum);
    }

    Instant deadline() {
        return deadline;
    }

    long tokens() {
        return tokens;
    }

    /** Why no further step may begin, if none may. */
    Optional<End> exhausted() {
        if (!Instant.now().isBefore(deadline)) {
            return Optional.of(
                    End.failed("max_seconds_reached", "The run took longer than " + limits.maxSeconds() + " s."));
        }
        if (steps >= limits.maxSteps()) {
            return Optional.of(End.failed("max_steps_reached", "The run took " + steps + " steps, as many as it may."));
        }
        if (tokens >= limits.maxTokens()) {
            return Optional.of(
                    End.failed("max_tokens_reached", "The run used " + tokens + " tokens, all that it may."));
        }
        String most = limits.maxCost();
        if (most != null) {
            BigDecimal cap = new BigDecimal(most);
            for (Map.Entry<String, Long> cost : nanos.entrySet()) {
                BigDecimal spent = BigDecimal.valueOf(cost.getValue()).multiply(NANO);
                if (spent.compareTo(cap) >= 0) {
                    return Optional.of(End.failed(
                            "max_cost_reached",
                            "The run cost " + spent.stripTrailingZeros().toPlainString() + " " + cost.getKey()
                                    + ", all that it may."));
                }
            }
        }
        return Optional.empty();
    }
}
