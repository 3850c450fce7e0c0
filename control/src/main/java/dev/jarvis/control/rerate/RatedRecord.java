package dev.jarvis.control.rerate;

import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.money.CostLines;
import dev.jarvis.platform.money.CostLinesJson;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.TokenClass;
import tools.jackson.core.JsonGenerator;

import java.io.StringWriter;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A usage record as far as its price goes.
 *
 * @param serviceTier that it was served by
 * @param isUnfinished the gateway died: the user pays the low bound
 * @param isUndelivered it failed before content: the user pays nothing
 * @param low the bounds that are certain, by class; empty where the provider told
 * @param costLines as they are stored
 */
record RatedRecord(
        LocalDate day,
        UUID attempt,
        UUID user,
        Map<TokenClass, Long> tokens,
        Map<CountedUnit, Long> units,
        String serviceTier,
        boolean isUnfinished,
        boolean isUndelivered,
        Map<TokenClass, Long> low,
        OptionalLong priceVersion,
        Currency currency,
        long costNano,
        long userCostNano,
        String costLines) {

    /** What the record would say by a price. */
    record Rating(long priceVersion, Currency currency, long costNano, long userCostNano, String costLines) {}

    Rating by(long version, Currency by, Optional<RateCard> card) {
        CostLines lines = lines(tokens, units, card);
        long cost = lines.totalNano();
        return new Rating(version, by, cost, userCost(cost, card), json(lines));
    }

    boolean says(Rating rating) {
        return priceVersion.equals(OptionalLong.of(rating.priceVersion()))
                && currency == rating.currency()
                && costNano == rating.costNano()
                && userCostNano == rating.userCostNano()
                && Json.MAPPER.readTree(costLines).equals(Json.MAPPER.readTree(rating.costLines()));
    }

    private long userCost(long cost, Optional<RateCard> card) {
        if (isUndelivered) {
            return 0;
        }
        if (!isUnfinished) {
            return cost;
        }
        long certain = low.values().stream().mapToLong(Long::longValue).sum();
        return lines(low, certain == 0 ? Map.of() : units, card).totalNano();
    }

    private CostLines lines(Map<TokenClass, Long> used, Map<CountedUnit, Long> pieces, Optional<RateCard> card) {
        return CostLines.of(tokenClass -> used.getOrDefault(tokenClass, 0L), pieces, card, serviceTier);
    }

    private static String json(CostLines lines) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            CostLinesJson.write(json, lines);
        }
        return text.toString();
    }
}
