package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.MemoryChoice;
import dev.jarvis.engine.agent.ModelChoice;
import dev.jarvis.engine.agent.RunLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * All that a run's requests are made of, fixed at its beginning: a step that is sent again after a crash must be the same
 * to the byte, or its idempotency key is no use. So nothing of it is read again from agents, facts or MCP servers.
 *
 * @param system the instructions with their variables filled in, and what is remembered
 * @param history messages in OpenAI's form before the run; an attachment is a part {@code {"type": "attachment"}}, see {@link AttachedFiles}
 * @param older what is not sent of the conversation; {@code null}: nothing is remembered of it
 * @param depth how many agents called one another down to this one
 */
record Plan(
        String system,
        List<ObjectNode> history,
        @Nullable Older older,
        ModelChoice model,
        List<PlannedTool> tools,
        MemoryChoice memory,
        RunLimits limits,
        int depth) {

    /** Without the tools that a person must allow: where nobody is there to do so. */
    Plan withoutApprovals() {
        return new Plan(
                system,
                history,
                older,
                model,
                tools.stream().filter(tool -> !tool.approval()).toList(),
                memory,
                limits,
                depth);
    }
}
