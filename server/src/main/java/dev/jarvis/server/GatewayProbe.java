package dev.jarvis.server;

import dev.jarvis.control.model.ModelProbe;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.gateway.Gateway;
import dev.jarvis.gateway.gateway.ProbeResult;

import java.util.Optional;
import java.util.UUID;

/** The control plane's test calls, sent by the gateway. */
record GatewayProbe(Gateway gateway) implements ModelProbe {
    @Override
    public Probe test(UUID modelId, Optional<UUID> keyId) {
        return probe(gateway.probe(modelId, keyId));
    }

    @Override
    public Probe test(Candidate candidate) {
        return probe(
                gateway.probe(candidate.baseUrl(), candidate.authType(), candidate.upstreamModel(), candidate.key()));
    }

    private static Probe probe(ProbeResult result) {
        return new Probe(
                result.ok(),
                result.status(),
                result.latencyMillis(),
                result.model(),
                result.answer(),
                result.usage().map(GatewayProbe::usage),
                result.keyHint(),
                result.fault().map(fault -> new Fault(fault.code(), fault.message())));
    }

    private static Usage usage(TokenUsage usage) {
        long output = usage.output() + usage.reasoning() + usage.audioOut();
        return new Usage(usage.total() - output, output, usage.total());
    }
}
