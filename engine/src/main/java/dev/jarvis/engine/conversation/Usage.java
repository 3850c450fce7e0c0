package dev.jarvis.engine.conversation;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What model calls used, and what that cost by the gateway's records.
 *
 * @param cost an amount for each currency; usually one
 * @param complete whether every call's record has come; they take a moment
 */
public record Usage(long inputTokens, long outputTokens, long totalTokens, List<Amount> cost, boolean complete) {
    /** @param amount an exact decimal */
    public record Amount(String amount, String currency) {
        static Amount of(long nano, String currency) {
            return new Amount(
                    new Money(nano, Currency.valueOf(currency)).toDecimal().toPlainString(), currency);
        }
    }

    public static final Usage NONE = of(0, 0, Map.of(), true);

    /** @param nanos by currency */
    public static Usage of(long input, long output, Map<String, Long> nanos, boolean complete) {
        List<Amount> cost = nanos.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Amount.of(entry.getValue(), entry.getKey()))
                .toList();
        return new Usage(input, output, input + output, cost, complete);
    }

    /** An amount as it is shown; {@code null} stays. */
    public static @Nullable String decimal(@Nullable Long nano) {
        return nano == null ? null : new Money(nano, Currency.USD).toDecimal().toPlainString();
    }
}
