package dev.jarvis.control.settings;

import dev.jarvis.platform.settings.Settings;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What this process knows of itself.
 *
 * @param node its id, kept in its data directory
 * @param redisProblem why the nodes do not share what they should, if they do not
 */
public record ThisServer(
        String version, UUID node, Instant startedAt, Settings settings, Supplier<Optional<String>> redisProblem) {}
