package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was used.
 *
 * @param requests answered or given up, each counted once however many attempts it took
 * @param estimated attempts whose tokens the provider did not tell us
 * @param unknown of them, attempts that were sent and never answered
 * @param unpaid attempts of which the users pay less than they cost
 * @param cost what the providers charge, in whole units of one currency
 * @param userCost what the users pay of it
 * @param estimatedCost of {@code cost}, what no provider confirmed
 * @param firstContents attempts that had content; {@code firstContentMillis} is summed over them
 * @param durationMillis summed over all attempts
 */
record UsageCounts(
        long requests,
        long attempts,
        long completed,
        long estimated,
        long unknown,
        long unpaid,
        Map<TokenClass, Long> tokens,
        BigDecimal cost,
        BigDecimal userCost,
        BigDecimal estimatedCost,
        long firstContents,
        long firstContentMillis,
        long durationMillis) {
    static final UsageCounts ZERO =
            new UsageCounts(0, 0, 0, 0, 0, 0, Map.of(), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, 0);

    private static final int NANO_SCALE = 9;

    UsageCounts plus(UsageCounts other) {
        Map<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
        sum.putAll(tokens);
        other.tokens.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Math::addExact));
        return new UsageCounts(
                requests + other.requests,
                attempts + other.attempts,
                completed + other.completed,
                estimated + other.estimated,
                unknown + other.unknown,
                unpaid + other.unpaid,
                sum,
                cost.add(other.cost),
                userCost.add(other.userCost),
                estimatedCost.add(other.estimatedCost),
                firstContents + other.firstContents,
                firstContentMillis + other.firstContentMillis,
                durationMillis + other.durationMillis);
    }

    /** The same in another currency, rounded half up to the nano-unit. */
    UsageCounts times(BigDecimal rate) {
        return new UsageCounts(
                requests,
                attempts,
                completed,
                estimated,
                unknown,
                unpaid,
                tokens,
                converted(cost, rate),
                converted(userCost, rate),
                converted(estimatedCost, rate),
                firstContents,
                firstContentMillis,
                durationMillis);
    }

    long totalTokens() {
        return tokens.values().stream().mapToLong(Long::longValue).sum();
    }

    private static BigDecimal converted(BigDecimal amount, BigDecimal rate) {
        return amount.multiply(rate).setScale(NANO_SCALE, RoundingMode.HALF_UP);
    }
}
