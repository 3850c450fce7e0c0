package dev.jarvis.platform.money;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rate card as APIs show and take it: exact decimals as text, in units of the currency per million tokens, or for one of
 * a counted unit. A JSON number would be read as a binary fraction.
 *
 * @param rates of the base band, by token class
 * @param tiers the other bands
 */
public record RateCardText(Currency currency, Map<String, String> rates, List<Tier> tiers, Map<String, String> units) {
    /** A band: of a service tier, above a number of input tokens, or both. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Tier(
            @Nullable String serviceTier, @Nullable Long aboveInputTokens, Map<String, String> rates) {}

    public static RateCardText of(RateCard card) {
        return new RateCardText(
                card.currency(),
                decimals(card.base().nanoPerMillion(), card.currency()),
                card.bands().stream()
                        .filter(band -> !band.isBase())
                        .map(band -> new Tier(
                                band.serviceTier().isEmpty() ? null : band.serviceTier(),
                                band.aboveInputTokens() == 0 ? null : band.aboveInputTokens(),
                                decimals(band.rates().nanoPerMillion(), card.currency())))
                        .toList(),
                decimals(card.unitNano(), card.currency()));
    }

    private static Map<String, String> decimals(Map<? extends Billable, Long> amounts, Currency currency) {
        Map<String, String> decimals = new TreeMap<>();
        amounts.forEach((what, nano) ->
                decimals.put(what.code(), new Money(nano, currency).toDecimal().toPlainString()));
        return decimals;
    }
}
