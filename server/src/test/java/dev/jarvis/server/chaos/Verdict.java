package dev.jarvis.server.chaos;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the oracle found.
 *
 * @param attempts that reached the provider
 * @param exact of them, recorded with the provider's own numbers
 * @param estimated of them, recorded with bounds
 * @param unsent recorded attempts that never reached the provider
 * @param promised answers whose end a client saw
 * @param faults one sentence for each thing that is wrong
 */
record Verdict(int attempts, int exact, int estimated, int unsent, int promised, List<String> faults) {
    private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);
    private static final int SHOWN = 20;

    /**
     * Writes a line of the results of this run, and fails if anything is wrong.
     *
     * @param what was done to the processes, for the reader of the results
     */
    void accept(String scenario, String what) {
        note(
                scenario,
                "%s; %d attempts, %d exact, %d estimated, %d not sent, %d ends seen, %d faults"
                        .formatted(what, attempts, exact, estimated, unsent, promised, faults.size()));
        assertThat(faults.stream().limit(SHOWN).toList())
                .as("%d faults in %d attempts", faults.size(), attempts)
                .isEmpty();
    }

    /** A line of the results of this run: {@code target/chaos-results.md}. */
    static void note(String scenario, String line) {
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
