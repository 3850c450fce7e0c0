package dev.jarvis.engine.run;

import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.vault.Secret;

import java.util.List;

/**
 * What the parts of a run's loop work on together.
 *
 * @param token that the user lends it
 * @param steps of the run so far, to which each part adds its own
 */
record RunParts(
        RunLoop.Tools around,
        RunRow run,
        Secret token,
        Budget budget,
        Stop stop,
        RunJournal journal,
        List<StepRow> steps) {
    /** A step that is there already is replaced. */
    void keep(StepRow step) {
        steps.removeIf(other -> other.number() == step.number());
        steps.add(step);
    }

    int nextNumber() {
        return steps.size() + 1;
    }
}
