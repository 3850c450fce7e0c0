package dev.jarvis.control.model;

import dev.jarvis.platform.money.RateCard;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of llm_models.
 *
 * @param card the whole price in force; empty: not priced
 * @param priceVersion which of its prices it has now
 * @param builtIn the demo model
 * @param version counts changes, for If-Match
 */
record ModelRow(
        UUID id,
        ModelSettings settings,
        Optional<RateCard> card,
        long priceVersion,
        boolean builtIn,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The row after a change of its settings: one version on. */
    ModelRow changedTo(ModelSettings after) {
        return new ModelRow(id, after, card, priceVersion, builtIn, version + 1, createdAt, updatedAt);
    }
}
