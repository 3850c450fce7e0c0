package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.gateway.upstream.Patience;
import io.vertx.core.net.TrustOptions;

import java.util.Optional;

/**
 * What can be set of the data plane.
 *
 * @param mostDrains how many calls at most go on without their clients
 * @param bodyLimit of a request in bytes, before and after decompression
 * @param mostOfABody that is kept, in bytes, where bodies are kept at all
 * @param upstreamTrust certificates of private providers; empty for the JDK's
 */
public record GatewaySettings(
        Patience patience,
        HangUpPolicy hangUpPolicy,
        int mostDrains,
        int bodyLimit,
        int mostOfABody,
        Optional<TrustOptions> upstreamTrust) {

    public static final GatewaySettings DEFAULT = new GatewaySettings(
            Patience.DEFAULT, HangUpPolicy.DRAIN, 100, 32 * 1024 * 1024, 64 * 1024, Optional.empty());

    public GatewaySettings {
        if (mostDrains < 0 || bodyLimit < 1 || mostOfABody < 1) {
            throw new IllegalArgumentException("mostDrains, bodyLimit and mostOfABody must be positive");
        }
    }
}
