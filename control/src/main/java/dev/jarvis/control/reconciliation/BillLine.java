package dev.jarvis.control.reconciliation;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one side says was used of a model on a UTC day.
 *
 * @param inputTokens of all kinds, cached ones too
 * @param outputTokens of all kinds
 * @param cost in whole units of the currency; {@code null} where a provider's export tells only tokens
 */
record BillLine(
        LocalDate day,
        String model,
        long inputTokens,
        long outputTokens,
        @Nullable BigDecimal cost,
        String currency) {

    long tokens() {
        return Math.addExact(inputTokens, outputTokens);
    }

    BillLine plus(BillLine other) {
        return new BillLine(
                day,
                model,
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                cost == null ? other.cost : other.cost == null ? cost : cost.add(other.cost),
                currency);
    }

    BillLine of(String otherModel) {
        return new BillLine(day, otherModel, inputTokens, outputTokens, cost, currency);
    }
}
