package dev.jarvis.control.usage;

import dev.jarvis.platform.money.TokenClass;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was used.
 *
 * @param requests answered or given up, each counted once however many attempts it took
 * @param estimated attempts whose tokens the provider did not tell us
 * @param cost what the providers charge, in whole units of one currency
 * @param userCost what the users pay of it
 */
record UsageCounts(
        long requests,
        long attempts,
        long completed,
        long estimated,
        Map<TokenClass, Long> tokens,
        BigDecimal cost,
        BigDecimal userCost) {

    UsageCounts plus(UsageCounts other) {
        Map<TokenClass, Long> sum = new EnumMap<>(tokens);
        other.tokens.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Math::addExact));
        return new UsageCounts(
                requests + other.requests,
                attempts + other.attempts,
                completed + other.completed,
                estimated + other.estimated,
                sum,
                cost.add(other.cost),
                userCost.add(other.userCost));
    }

    long totalTokens() {
        return tokens.values().stream().mapToLong(Long::longValue).sum();
    }
}
