package dev.jarvis.server.chaos;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a run of the suite found: {@code target/chaos-results.md}, from which results are recorded by hand. */
public final class Results {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private Results() {}

    /** One line of it. */
    public static void note(String scenario, String line) {
        LOG.warn("{}: {}", scenario, line);
        try {
            Files.writeString(
                    Path.of("target", "chaos-results.md"),
                    "| " + scenario + " | " + line + " |\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
