package dev.jarvis.control.price;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.money.Billable;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a rate card as {@link dev.jarvis.platform.money.RateCardText} shows it. A tier may be given as a multiplier of the
 * standard rates instead; what is kept are the exact rates that it makes, so that a later price does not change them.
 *
 * <p>Refuses with 400 {@code invalid_price} and the field at fault.
 */
final class RateCardFields {
    private static final List<String> CURRENCIES = List.of("USD", "CNY");
    private static final int MOST_INPUT = 100_000_000;

    private final Currency currency;
    private final List<RateBand> bands = new ArrayList<>();

    private RateCardFields(Currency currency) {
        this.currency = currency;
    }

    static RateCard read(Fields fields) {
        Currency currency = Currency.valueOf(fields.choice("currency", CURRENCIES, "USD"));
        return new RateCardFields(currency).card(fields);
    }

    private RateCard card(Fields fields) {
        fields.require("rates");
        bands.add(
                new RateBand(RateBand.STANDARD, 0, rates(fields.object("rates").orElseThrow())));
        List<Fields> tiers = fields.objects("tiers", RateCard.MAX_BANDS).orElse(List.of());
        tiers.stream().filter(tier -> !tier.has("multiplier")).forEach(this::ownRates);
        tiers.stream().filter(tier -> tier.has("multiplier")).forEach(this::multiplied);
        Map<CountedUnit, Long> units = fields.object("units")
                .map(given -> amounts(given, CountedUnit.class))
                .orElse(Map.of());
        try {
            return new RateCard(currency, bands, units);
        } catch (IllegalArgumentException e) {
            throw PriceAmount.invalid(
                    "a tier is there once, and there are at most " + (RateCard.MAX_BANDS - 1) + " of them",
                    fields.param("tiers"));
        }
    }

    private void ownRates(Fields tier) {
        tier.require("rates");
        int above = tier.integer("above_input_tokens", 1, MOST_INPUT, 0);
        String serviceTier = serviceTier(tier);
        if (above == 0 && serviceTier.isEmpty()) {
            throw PriceAmount.invalid(
                    "it needs a service_tier, above_input_tokens or both", tier.param("service_tier"));
        }
        bands.add(new RateBand(serviceTier, above, rates(tier.object("rates").orElseThrow())));
        tier.refuseOthers();
    }

    private void multiplied(Fields tier) {
        BigDecimal multiplier = tier.decimal("multiplier", Optional.empty()).orElse(BigDecimal.ONE);
        tier.require("service_tier");
        String serviceTier = serviceTier(tier);
        tier.refuseOthers();
        List<RateBand> standard =
                bands.stream().filter(band -> band.serviceTier().isEmpty()).toList();
        for (RateBand band : standard) {
            Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
            band.rates()
                    .nanoPerMillion()
                    .forEach((tokenClass, nano) -> rates.put(tokenClass, times(nano, multiplier, tier)));
            bands.add(new RateBand(serviceTier, band.aboveInputTokens(), new Rates(rates)));
        }
    }

    private long times(long nano, BigDecimal multiplier, Fields tier) {
        if (multiplier.scale() > 9 || multiplier.precision() > 18) {
            throw PriceAmount.invalid("a multiplier has at most nine decimal places", tier.param("multiplier"));
        }
        BigDecimal product = BigDecimal.valueOf(nano, 9).multiply(multiplier);
        return PriceAmount.exact(product, tier.param("multiplier"), currency).nano();
    }

    private Rates rates(Fields fields) {
        fields.require("input", "output");
        return new Rates(amounts(fields, TokenClass.class));
    }

    private <T extends Enum<T> & Billable> Map<T, Long> amounts(Fields fields, Class<T> kind) {
        Map<T, Long> amounts = new EnumMap<>(kind);
        for (T what : kind.getEnumConstants()) {
            fields.decimal(what.code(), Optional.empty())
                    .ifPresent(amount -> amounts.put(
                            what,
                            PriceAmount.exact(amount, fields.param(what.code()), currency)
                                    .nano()));
        }
        fields.refuseOthers();
        return amounts;
    }

    private static String serviceTier(Fields tier) {
        Optional<String> word = tier.string("service_tier", RateBand.MAX_TIER_LENGTH);
        if (word.isPresent() && !RateBand.tierOf(word.get()).equals(word.get())) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'" + tier.param("service_tier") + "' must be a word of a-z, 0-9, _ and - other than default, auto"
                            + " and standard.",
                    tier.param("service_tier"));
        }
        return word.orElse(RateBand.STANDARD);
    }
}
