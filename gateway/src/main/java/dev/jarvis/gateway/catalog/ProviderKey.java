package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.vault.Secret;

import java.util.UUID;

/**
 * A provider key, opened and ready to use.
 *
 * @param weight share of the calls in {@link KeyMode#ROUND_ROBIN}, 1 to 1000
 */
public record ProviderKey(UUID id, String name, Secret secret, int weight) {}
