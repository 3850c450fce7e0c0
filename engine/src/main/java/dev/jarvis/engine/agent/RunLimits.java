package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * What one run may use; whichever is reached first ends it. A step that is under way is finished, so a run goes over by one
 * step at most.
 *
 * @param maxSteps calls of a model; those of agents used as tools count too
 * @param maxTokens of input and output together
 * @param maxCost an exact decimal, in each currency by itself; {@code null}: no limit
 */
public record RunLimits(
        int maxSteps, long maxTokens, @Nullable String maxCost, int maxSeconds) {
    public static final RunLimits DEFAULT = new RunLimits(20, 200_000, null, 600);

    /** Never more than another's. */
    public RunLimits within(RunLimits other) {
        return new RunLimits(
                Math.min(maxSteps, other.maxSteps),
                Math.min(maxTokens, other.maxTokens),
                lesser(maxCost, other.maxCost),
                Math.min(maxSeconds, other.maxSeconds));
    }

    private static @Nullable String lesser(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return new BigDecimal(one).compareTo(new BigDecimal(other)) <= 0 ? one : other;
    }
}
