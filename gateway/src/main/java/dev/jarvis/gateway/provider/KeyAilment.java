package dev.jarvis.gateway.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * What a provider's refusal says of the key.
 *
 * @param rest for how long at least it is set aside; empty: the provider did not say, and each time in a row is longer
 */
public record KeyAilment(KeyTrouble trouble, Optional<Duration> rest) {}
