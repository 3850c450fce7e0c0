package dev.jarvis.control.running;

import dev.jarvis.control.model.ModelProbe;

import java.util.Optional;
import java.util.UUID;

/** No test of identity tries a model. */
final class NoProbe implements ModelProbe {
    @Override
    public Probe test(UUID modelId, Optional<UUID> keyId) {
        throw new AssertionError("tried model " + modelId);
    }

    @Override
    public Probe test(Candidate candidate) {
        throw new AssertionError("tried a model at " + candidate.baseUrl());
    }
}
