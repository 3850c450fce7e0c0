package dev.jarvis.control.model;

import dev.jarvis.control.price.Catalogue;
import dev.jarvis.platform.money.RateCardText;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A model that a provider serves, as one could make it here.
 *
 * @param id the provider's name of it
 * @param type as far as the provider or the name says it, otherwise {@code text}
 * @param price the catalogue's
 * @param llmModelId the model here that has this model_id already
 */
record DiscoveredModel(
        String id,
        String type,
        OptionalInt contextWindow,
        OptionalInt maxTokens,
        Optional<Boolean> supportsVision,
        Optional<RateCardText> price,
        Optional<UUID> llmModelId) {

    static List<DiscoveredModel> all(
            List<ModelDiscovery.Listed> listed, String provider, Catalogue catalogue, Map<String, UUID> known) {
        return listed.stream()
                .map(model -> new DiscoveredModel(
                        model.id(),
                        TypeOfName.type(model.kind().orElse(""), model.id()).code(),
                        model.contextWindow(),
                        model.maxTokens(),
                        model.vision(),
                        catalogue.cardOf(provider, model.id()).map(RateCardText::of),
                        Optional.ofNullable(known.get(model.id()))))
                .toList();
    }
}
