package dev.jarvis.gateway.catalog;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The models that can be called now: enabled ones, with their deployments, keys and prices. Immutable. */
public record Catalog(Map<String, Model> byModelId) {
    public static final Catalog EMPTY = new Catalog(Map.of());

    public Catalog {
        byModelId = Map.copyOf(byModelId);
    }

    /** A model with the price that is in force now: whoever asks once for a request has one price for all of it. */
    public Optional<Model> find(String modelId) {
        return find(modelId, InstantSource.system());
    }

    Optional<Model> find(String modelId, InstantSource clock) {
        return Optional.ofNullable(byModelId.get(modelId)).map(model -> now(model, clock));
    }

    /** All of them, with the prices that are in force now. */
    public Collection<Model> models() {
        return byModelId.values().stream()
                .map(model -> now(model, InstantSource.system()))
                .toList();
    }

    private static Model now(Model model, InstantSource clock) {
        return model.upcoming().isEmpty() ? model : model.at(clock.instant());
    }
}
