package dev.jarvis.control.price;

import dev.jarvis.platform.money.CountedUnit;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LiteLLM's {@code model_prices_and_context_window.json}: an object of models, whose names may begin with the provider, with
 * prices for one token in US dollars.
 *
 * @see <a href="https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json">the file</a>
 */
final class LiteLlmFile {
    static final String FORMAT = "litellm";

    private static final int PER_TOKEN = 6;
    private static final Map<TokenClass, String> NAMES = new EnumMap<>(Map.of(
            TokenClass.INPUT, "input_cost_per_token",
            TokenClass.OUTPUT, "output_cost_per_token",
            TokenClass.CACHE_READ, "cache_read_input_token_cost",
            TokenClass.CACHE_WRITE_5M, "cache_creation_input_token_cost",
            TokenClass.CACHE_WRITE_1H, "cache_creation_input_token_cost_above_1hr",
            TokenClass.REASONING, "output_cost_per_reasoning_token",
            TokenClass.AUDIO_IN, "input_cost_per_audio_token",
            TokenClass.AUDIO_OUT, "output_cost_per_audio_token",
            TokenClass.IMAGE_IN, "input_cost_per_image_token"));
    private static final Pattern ABOVE = Pattern.compile("input_cost_per_token_above_([0-9]{1,5})k_tokens");
    private static final List<String> TIERS = List.of("flex", "priority");

    private LiteLlmFile() {}

    /** Whether the file looks like this one. */
    static boolean looksLike(ObjectNode file) {
        return file.valueStream().anyMatch(entry -> entry.has("litellm_provider"));
    }

    static PriceFile read(ObjectNode file, LocalDate day) {
        List<CatalogueEntry> prices = new ArrayList<>();
        List<PriceFile.Problem> problems = new ArrayList<>();
        file.properties().forEach(named -> {
            String name = named.getKey();
            JsonNode entry = named.getValue();
            if (name.equals("sample_spec") || !entry.has("input_cost_per_token")) {
                return; // the file's own documentation, and what is not charged by the token
            }
            try {
                String provider = entry.path("litellm_provider").asString("");
                prices.add(new CatalogueEntry(provider, bare(name, provider), card(entry), FORMAT + ": " + name, day));
            } catch (TokenRates.Unusable e) {
                problems.add(new PriceFile.Problem(name, String.valueOf(e.getMessage())));
            }
        });
        return new PriceFile(FORMAT, PriceSource.IMPORT, prices, problems);
    }

    private static String bare(String name, String provider) {
        return name.startsWith(provider + "/") ? name.substring(provider.length() + 1) : name;
    }

    private static RateCard card(JsonNode entry) {
        List<RateBand> bands = new ArrayList<>();
        Rates base = rates(new TokenRates(PER_TOKEN), entry, "");
        bands.add(new RateBand(RateBand.STANDARD, 0, base));
        for (long thousands : thresholds(entry)) {
            Rates rates = rates(new TokenRates(PER_TOKEN, base), entry, "_above_" + thousands + "k_tokens");
            bands.add(new RateBand(RateBand.STANDARD, thousands * 1000, rates));
        }
        for (String tier : TIERS) {
            if (entry.has("input_cost_per_token_" + tier)) {
                Rates rates = rates(new TokenRates(PER_TOKEN, base), entry, "_" + tier);
                bands.add(new RateBand(tier, 0, rates));
            }
        }
        if (entry.has("input_cost_per_token_batches")) {
            bands.add(new RateBand("batch", 0, rates(new TokenRates(PER_TOKEN, base), entry, "_batches")));
        }
        if (bands.size() > RateCard.MAX_BANDS) {
            throw new TokenRates.Unusable("it has more than " + RateCard.MAX_BANDS + " lists of rates");
        }
        return new RateCard(Currency.USD, bands, units(entry));
    }

    private static Rates rates(TokenRates rates, JsonNode entry, String suffix) {
        NAMES.forEach((tokenClass, name) -> rates.take(tokenClass, entry, name + suffix));
        return rates.rates();
    }

    private static Iterable<Long> thresholds(JsonNode entry) {
        TreeSet<Long> thousands = new TreeSet<>();
        for (String name : entry.propertyNames()) {
            Matcher above = ABOVE.matcher(name);
            if (above.matches() && Long.parseLong(above.group(1)) > 0) {
                thousands.add(Long.parseLong(above.group(1)));
            }
        }
        return thousands;
    }

    private static Map<CountedUnit, Long> units(JsonNode entry) {
        Map<CountedUnit, Long> units = new EnumMap<>(CountedUnit.class);
        JsonNode search = entry.path("search_context_cost_per_query").path("search_context_size_medium");
        if (!search.isMissingNode()) {
            units.put(CountedUnit.SEARCHES, TokenRates.nano(search, "search_context_size_medium", 0));
        }
        if (entry.path("input_cost_per_request").isNumber()) {
            units.put(
                    CountedUnit.REQUESTS,
                    TokenRates.nano(entry.path("input_cost_per_request"), "input_cost_per_request", 0));
        }
        return units;
    }
}
