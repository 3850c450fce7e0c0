package dev.jarvis.engine.run;

import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.vault.Secret;
import tools.jackson.databind.node.ObjectNode;

import java.util.UUID;

/** Runs an agent that another one calls as a tool, within the caller's limits and on its thread. */
@FunctionalInterface
interface SubRuns {
    /** @param child the same for the same call: a run that was begun before a crash is gone on with */
    End run(RunRow parent, UUID child, PlannedTool tool, ObjectNode arguments, Secret token, Budget budget, Stop stop);
}
