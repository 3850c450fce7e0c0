package dev.jarvis.control.model;

import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Asks providers which models they serve. Declared here, answered by the gateway, joined by the server. Blocking. */
public interface ModelDiscovery {
    /** With a sealed key of a model, which goes nowhere but to that model's own base URL. */
    Found ofModel(UUID modelId);

    Found at(URI baseUrl, String authType, Optional<Secret> key);

    /**
     * What came back.
     *
     * @param status of the provider's answer, if there was one
     */
    record Found(OptionalInt status, long latencyMs, List<Listed> models, Optional<ModelProbe.Fault> error) {}

    /**
     * An entry of the provider's list, with what it says of the model; most say nothing.
     *
     * @param kind in the provider's words
     */
    record Listed(
            String id,
            Optional<String> kind,
            OptionalInt contextWindow,
            OptionalInt maxTokens,
            Optional<Boolean> vision) {}
}
