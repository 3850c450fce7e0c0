package dev.jarvis.platform.money;

import dev.jarvis.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A rate card as the column {@code llm_model_prices.card} holds it: amounts are whole nano-units. */
public final class RateCardJson {
    private RateCardJson() {}

    public static String write(RateCard card) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        card.bands().forEach(band -> {
            ObjectNode written = json.withArray("bands").addObject();
            if (!band.serviceTier().isEmpty()) {
                written.put("service_tier", band.serviceTier());
            }
            if (band.aboveInputTokens() > 0) {
                written.put("above_input_tokens", band.aboveInputTokens());
            }
            ObjectNode rates = written.putObject("rates");
            band.rates().nanoPerMillion().forEach((tokenClass, nano) -> rates.put(tokenClass.code(), nano));
        });
        card.unitNano().forEach((unit, nano) -> json.withObject("/units").put(unit.code(), nano));
        return Json.MAPPER.writeValueAsString(json);
    }

    /** @throws IllegalArgumentException if the text is no rate card */
    public static RateCard read(Currency currency, String text) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a rate card that is no JSON", e);
        }
        List<RateBand> bands = new ArrayList<>();
        for (JsonNode band : json.path("bands")) {
            bands.add(new RateBand(
                    band.path("service_tier").asString(RateBand.STANDARD),
                    band.path("above_input_tokens").asLong(0),
                    new Rates(amounts(band.path("rates"), TokenClass.class, TokenClass::of))));
        }
        return new RateCard(currency, bands, amounts(json.path("units"), CountedUnit.class, CountedUnit::of));
    }

    private static <T extends Enum<T>> Map<T, Long> amounts(
            JsonNode json, Class<T> kind, Function<String, Optional<T>> named) {
        Map<T, Long> amounts = new EnumMap<>(kind);
        json.properties().forEach(amount -> {
            T key = named.apply(amount.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("a rate card with an unknown word"));
            if (!amount.getValue().isIntegralNumber() || !amount.getValue().canConvertToLong()) {
                throw new IllegalArgumentException("a rate card with an amount that is no whole number");
            }
            amounts.put(key, amount.getValue().longValue());
        });
        return amounts;
    }
}
