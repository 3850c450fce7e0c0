package dev.jarvis.control.price;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.RateCardText;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * One of a model's prices, as administrators see it.
 *
 * @param price empty: not priced
 * @param inForce whether it is the one that holds now; later ones are upcoming, earlier ones are history
 */
record PriceVersion(
        long priceVersion,
        Currency currency,
        Optional<RateCardText> price,
        Instant effectiveFrom,
        boolean inForce,
        String source,
        String sourceName,
        Optional<LocalDate> sourceDate,
        String note,
        Optional<UUID> createdBy,
        Instant createdAt) {

    static Optional<RateCardText> text(Optional<RateCard> card) {
        return card.map(RateCardText::of);
    }
}
