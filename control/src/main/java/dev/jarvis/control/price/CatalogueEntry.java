package dev.jarvis.control.price;

import dev.jarvis.platform.money.RateCard;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What one model costs at its provider.
 *
 * @param model the provider's name of it
 * @param source where the price is from
 * @param sourceDate of which day
 */
record CatalogueEntry(String provider, String model, RateCard card, String source, LocalDate sourceDate) {
    /** The version that it makes. */
    NewPrice by(PriceSource by, UUID actor) {
        return new NewPrice(
                card.currency(), Optional.of(card), by, source, Optional.of(sourceDate), "", Optional.empty(), actor);
    }

    boolean has(String text) {
        return provider.contains(text) || model.contains(text);
    }
}
