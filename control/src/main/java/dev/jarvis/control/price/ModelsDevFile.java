package dev.jarvis.control.price;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code api.json} of models.dev: an object of providers, each with an object of models, whose {@code cost} is in US
 * dollars per million tokens.
 *
 * @see <a href="https://models.dev/">models.dev</a>
 */
final class ModelsDevFile {
    static final String FORMAT = "models_dev";

    private static final int PER_MILLION = 0;
    private static final Map<TokenClass, String> NAMES = new EnumMap<>(Map.of(
            TokenClass.INPUT, "input",
            TokenClass.OUTPUT, "output",
            TokenClass.CACHE_READ, "cache_read",
            TokenClass.CACHE_WRITE_5M, "cache_write",
            TokenClass.REASONING, "reasoning",
            TokenClass.AUDIO_IN, "input_audio",
            TokenClass.AUDIO_OUT, "output_audio"));
    private static final String LONG_CONTEXT = "context_over_200k";

    private ModelsDevFile() {}

    /** Whether the file looks like this one. */
    static boolean looksLike(ObjectNode file) {
        return file.valueStream().anyMatch(provider -> provider.path("models").isObject());
    }

    static PriceFile read(ObjectNode file, LocalDate day) {
        List<CatalogueEntry> prices = new ArrayList<>();
        List<PriceFile.Problem> problems = new ArrayList<>();
        file.properties()
                .forEach(provider -> provider.getValue()
                        .path("models")
                        .properties()
                        .forEach(model -> {
                            JsonNode cost = model.getValue().path("cost");
                            String name = provider.getKey() + "/" + model.getKey();
                            if (!cost.has("input")) {
                                return; // its price is not known there
                            }
                            try {
                                prices.add(new CatalogueEntry(
                                        provider.getKey(), model.getKey(), card(cost), FORMAT + ": " + name, day));
                            } catch (TokenRates.Unusable e) {
                                problems.add(new PriceFile.Problem(name, String.valueOf(e.getMessage())));
                            }
                        }));
        return new PriceFile(FORMAT, PriceSource.IMPORT, prices, problems);
    }

    private static RateCard card(JsonNode cost) {
        List<RateBand> bands = new ArrayList<>();
        Rates base = rates(new TokenRates(PER_MILLION), cost);
        bands.add(new RateBand(RateBand.STANDARD, 0, base));
        if (cost.path(LONG_CONTEXT).isObject()) {
            Rates longer = rates(new TokenRates(PER_MILLION, base), cost.path(LONG_CONTEXT));
            bands.add(new RateBand(RateBand.STANDARD, 200_000, longer));
        }
        return new RateCard(Currency.USD, bands, Map.of());
    }

    private static Rates rates(TokenRates rates, JsonNode cost) {
        NAMES.forEach((tokenClass, name) -> rates.take(tokenClass, cost, name));
        return rates.rates();
    }
}
