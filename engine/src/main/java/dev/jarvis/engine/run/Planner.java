package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.AgentConfig;
import dev.jarvis.engine.agent.RunLimits;
import dev.jarvis.engine.agent.Variable;
import dev.jarvis.platform.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/** Fixes at the beginning of a run all that its requests are made of. */
final class Planner {
    private final Toolbox toolbox;
    private final Memories memories;

    Planner(Toolbox toolbox, Memories memories) {
        this.toolbox = toolbox;
        this.memories = memories;
    }

    /**
     * @param variables of the instructions, by name; others take their fallbacks
     * @param limits the agent's own, or less
     */
    Plan plan(
            Agent agent,
            Identity caller,
            Map<String, String> variables,
            List<ObjectNode> history,
            RunLimits limits,
            int depth) {
        AgentConfig config = agent.config();
        String system = instructions(config, variables) + memories.remembered(agent, caller);
        return new Plan(
                system,
                Window.newest(history, config.memory().windowTokens()),
                config.model(),
                toolbox.plan(config, caller),
                config.memory(),
                config.limits().within(limits),
                depth);
    }

    private static String instructions(AgentConfig config, Map<String, String> variables) {
        String text = config.instructions();
        for (Variable variable : config.variables()) {
            text = text.replace(
                    "{{" + variable.name() + "}}", variables.getOrDefault(variable.name(), variable.fallback()));
        }
        return text;
    }
}
