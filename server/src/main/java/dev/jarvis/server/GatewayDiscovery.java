package dev.jarvis.server;

import dev.jarvis.control.model.ModelDiscovery;
import dev.jarvis.control.model.ModelProbe;
import dev.jarvis.gateway.gateway.Gateway;
import dev.jarvis.gateway.gateway.ModelList;
import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** The control plane's questions about what providers serve, asked by the gateway. */
record GatewayDiscovery(Gateway gateway) implements ModelDiscovery {
    @Override
    public Found ofModel(UUID modelId) {
        return found(gateway.listModels(modelId));
    }

    @Override
    public Found at(URI baseUrl, String authType, Optional<Secret> key) {
        return found(gateway.listModels(baseUrl, authType, key));
    }

    private static Found found(ModelList list) {
        return new Found(
                list.status(),
                list.latencyMillis(),
                list.models().stream()
                        .map(model -> new Listed(
                                model.id(), model.kind(), model.contextWindow(), model.maxTokens(), model.vision()))
                        .toList(),
                list.fault().map(fault -> new ModelProbe.Fault(fault.code(), fault.message())));
    }
}
