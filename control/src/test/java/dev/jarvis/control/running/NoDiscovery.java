package dev.jarvis.control.running;

import dev.jarvis.control.model.ModelDiscovery;
import dev.jarvis.platform.vault.Secret;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** No test of identity asks providers for their models. */
final class NoDiscovery implements ModelDiscovery {
    @Override
    public Found ofModel(UUID modelId) {
        throw new AssertionError("asked for the models of " + modelId);
    }

    @Override
    public Found at(URI baseUrl, String authType, Optional<Secret> key) {
        throw new AssertionError("asked for the models at " + baseUrl);
    }
}
