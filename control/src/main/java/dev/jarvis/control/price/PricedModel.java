package dev.jarvis.control.price;

import dev.jarvis.platform.money.RateCard;

import java.util.Optional;
import java.util.UUID;

/**
 * A model and its newest price.
 *
 * @param upstreamModel the provider's name of it
 * @param isAdministrators whether an administrator said what it costs, or that it has no price any more
 */
record PricedModel(
        UUID id,
        String modelId,
        String provider,
        String upstreamModel,
        Optional<RateCard> card,
        boolean isAdministrators) {}
