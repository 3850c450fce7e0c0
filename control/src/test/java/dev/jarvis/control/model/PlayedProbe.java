package dev.jarvis.control.model;

import dev.jarvis.platform.vault.Secret;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Answers every test call alike, and remembers what it was asked. */
final class PlayedProbe implements ModelProbe {
    volatile Optional<UUID> key = Optional.empty();
    volatile String asked = "";

    @Override
    public Probe test(UUID modelId, Optional<UUID> keyId) {
        key = keyId;
        return answer();
    }

    @Override
    public Probe test(Candidate candidate) {
        asked = candidate.baseUrl() + " " + candidate.authType() + " " + candidate.upstreamModel() + " "
                + candidate.key().map(Secret::reveal).orElse("-");
        return answer();
    }

    void reset() {
        key = Optional.empty();
        asked = "";
    }

    private static Probe answer() {
        return new Probe(
                true,
                OptionalInt.of(200),
                12,
                Optional.of("gpt-4-turbo-2024-04-09"),
                Optional.of("好".repeat(300)),
                Optional.of(new Usage(5, 1, 6)),
                Optional.of("-key"),
                Optional.empty());
    }
}
