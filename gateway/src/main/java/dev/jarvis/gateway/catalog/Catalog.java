package dev.jarvis.gateway.catalog;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The models that can be called now: enabled ones, with their deployments, keys and prices. Immutable. */
public record Catalog(Map<String, Model> byModelId) {
    public static final Catalog EMPTY = new Catalog(Map.of());

    public Catalog {
        byModelId = Map.copyOf(byModelId);
    }

    public Optional<Model> find(String modelId) {
        return Optional.ofNullable(byModelId.get(modelId));
    }

    public Collection<Model> models() {
        return byModelId.values();
    }
}
