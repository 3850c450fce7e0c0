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
    /** A step that is there already is replaced, in its place. */
    void keep(StepRow step) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).number() == step.number()) {
                steps.set(i, step);
                return;
            }
        }
        steps.add(step);
    }

    int nextNumber() {
        return steps.size() + 1;
    }
}
