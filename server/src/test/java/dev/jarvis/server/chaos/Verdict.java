package dev.jarvis.server.chaos;

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
    private static final int SHOWN = 20;

    /**
     * Writes a line of the results of this run, and fails if anything is wrong.
     *
     * @param what was done to the processes, for the reader of the results
     */
    void accept(String scenario, String what) {
        Results.note(
                scenario,
                "%s; %d attempts, %d exact, %d estimated, %d not sent, %d ends seen, %d faults"
                        .formatted(what, attempts, exact, estimated, unsent, promised, faults.size()));
        assertThat(faults.stream().limit(SHOWN).toList())
                .as("%d faults in %d attempts", faults.size(), attempts)
                .isEmpty();
    }
}
