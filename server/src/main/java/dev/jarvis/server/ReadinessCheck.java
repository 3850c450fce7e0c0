package dev.jarvis.server;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that should hold for the server to take requests.
 *
 * @param name in the answer of {@code /health/ready}
 * @param problem empty if it holds, else a sentence that anyone may read; may block for seconds
 * @param isRequired whether the server is not ready without it; else it serves all the same, only less well
 */
public record ReadinessCheck(String name, Supplier<Optional<String>> problem, boolean isRequired) {
    public ReadinessCheck(String name, Supplier<Optional<String>> problem) {
        this(name, problem, true);
    }
}
