package dev.jarvis.server;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must hold for the server to take requests.
 *
 * @param name in the answer of {@code /health/ready}
 * @param problem empty if it holds, else a sentence that anyone may read; may block for seconds
 */
public record ReadinessCheck(String name, Supplier<Optional<String>> problem) {}
