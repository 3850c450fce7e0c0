package dev.jarvis.control.model;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of llm_models.
 *
 * @param priceVersion which of its prices it has now
 * @param builtIn the demo model
 * @param version counts changes, for If-Match
 */
record ModelRow(
        UUID id,
        ModelSettings settings,
        long priceVersion,
        boolean builtIn,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The row after a change of its settings: one version on, and one price version on where the price changed. */
    ModelRow changedTo(ModelSettings after) {
        boolean repriced = !after.pricing().equals(settings.pricing());
        return new ModelRow(
                id, after, repriced ? priceVersion + 1 : priceVersion, builtIn, version + 1, createdAt, updatedAt);
    }
}
