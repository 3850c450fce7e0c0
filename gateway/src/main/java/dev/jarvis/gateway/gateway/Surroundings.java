package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.CorruptKeys;
import dev.jarvis.gateway.door.OtherModels;
import dev.jarvis.gateway.meter.Meter;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.notice.Notices;
import dev.jarvis.platform.telemetry.Telemetry;
import dev.jarvis.platform.vault.Vault;

import java.time.Clock;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * What the data plane stands on.
 *
 * @param resolver how host names of providers become addresses; {@code InetAddress::getAllByName}
 * @param demoPort where on loopback the built-in model is served
 * @param blocking runs what waits for a database or the resolver: virtual threads; closed by its owner
 * @param otherModels models that are none of a provider
 */
public record Surroundings(
        UUID nodeId,
        Vault vault,
        CorruptKeys corruptKeys,
        Notices notices,
        Identities identities,
        Meter meter,
        Telemetry telemetry,
        AddressGuard addressGuard,
        AddressGuard.Resolver resolver,
        OptionalInt demoPort,
        Clock clock,
        Executor blocking,
        OtherModels otherModels) {}
