package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was used.
 *
 * @param requests answered or given up, each counted once however many attempts it took
 * @param failedRequests whose last attempt neither came to its end nor was left by the client
 * @param outcomes attempts by how they ended; all of {@link #OUTCOMES}
 * @param estimated attempts whose tokens the provider did not tell us
 * @param unknown of them, attempts that were sent and never answered
 * @param unpaid attempts of which the users pay less than they cost
 * @param cost what the providers charge, in whole units of one currency
 * @param userCost what the users pay of it
 * @param estimatedCost of {@code cost}, what no provider confirmed
 * @param firstContents attempts that had content; {@code firstContentMillis} is summed over them
 * @param durationMillis summed over all attempts
 * @param durations of completed attempts; empty where the rollup does not know
 * @param firstContentTimes of attempts that had content; empty where the rollup does not know
 */
record UsageCounts(
        long requests,
        long failedRequests,
        long attempts,
        Map<String, Long> outcomes,
        long estimated,
        long unknown,
        long unpaid,
        Map<TokenClass, Long> tokens,
        BigDecimal cost,
        BigDecimal userCost,
        BigDecimal estimatedCost,
        long firstContents,
        long firstContentMillis,
        long durationMillis,
        Optional<Spread> durations,
        Optional<Spread> firstContentTimes) {
    /** How an attempt can end. */
    static final List<String> OUTCOMES =
            List.of("completed", "client_gone", "failed", "truncated", "rejected", "not_sent", "interrupted");

    static final UsageCounts ZERO = new UsageCounts(
            0,
            0,
            0,
            Map.of(),
            0,
            0,
            0,
            Map.of(),
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            0,
            0,
            0,
            Optional.of(Spread.NONE),
            Optional.of(Spread.NONE));

    private static final int NANO_SCALE = 9;

    UsageCounts plus(UsageCounts other) {
        Map<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
        sum.putAll(tokens);
        other.tokens.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Math::addExact));
        Map<String, Long> ends = new HashMap<>(outcomes);
        other.outcomes.forEach((outcome, count) -> ends.merge(outcome, count, Long::sum));
        return new UsageCounts(
                requests + other.requests,
                failedRequests + other.failedRequests,
                attempts + other.attempts,
                ends,
                estimated + other.estimated,
                unknown + other.unknown,
                unpaid + other.unpaid,
                sum,
                cost.add(other.cost),
                userCost.add(other.userCost),
                estimatedCost.add(other.estimatedCost),
                firstContents + other.firstContents,
                firstContentMillis + other.firstContentMillis,
                durationMillis + other.durationMillis,
                sum(durations, other.durations),
                sum(firstContentTimes, other.firstContentTimes));
    }

    /** The same in another currency, rounded half up to the nano-unit. */
    UsageCounts times(BigDecimal rate) {
        return new UsageCounts(
                requests,
                failedRequests,
                attempts,
                outcomes,
                estimated,
                unknown,
                unpaid,
                tokens,
                converted(cost, rate),
                converted(userCost, rate),
                converted(estimatedCost, rate),
                firstContents,
                firstContentMillis,
                durationMillis,
                durations,
                firstContentTimes);
    }

    long outcome(String outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    long totalTokens() {
        return tokens.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Optional<Spread> sum(Optional<Spread> one, Optional<Spread> other) {
        return one.flatMap(spread -> other.map(spread::plus));
    }

    private static BigDecimal converted(BigDecimal amount, BigDecimal rate) {
        return amount.multiply(rate).setScale(NANO_SCALE, RoundingMode.HALF_UP);
    }
}
