package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.AgentConfig;
import dev.jarvis.engine.agent.RunLimits;
import dev.jarvis.engine.agent.Variable;
import dev.jarvis.engine.model.ModelFacts;
import dev.jarvis.engine.model.TokenEstimate;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Fixes at the beginning of a run all that its requests are made of. */
final class Planner {
    /** What an answer may take where nobody said so. */
    private static final int MOST_ANSWER = 4_096;

    private static final int LEAST_ROOM = 500;

    /** A twentieth of the window is left alone: tokens are estimated. */
    private static final int MARGIN = 20;

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
            Past past,
            Optional<ModelFacts> facts,
            RunLimits limits,
            int depth) {
        AgentConfig config = agent.config();
        String system = instructions(config, variables) + memories.remembered(agent, caller);
        List<PlannedTool> tools = toolbox.plan(config, caller);
        int room = room(config, system, tools, facts);
        Past.Sent sent = past.within(Math.min(config.memory().windowTokens(), room));
        refuseTooLong(sent.messages(), room);
        return new Plan(
                system,
                sent.messages(),
                sent.older(),
                config.model(),
                tools,
                config.memory(),
                config.limits().within(limits),
                depth);
    }

    /** The last message is sent whatever it takes: one that cannot fit is better refused than paid for by its refusal. */
    private static void refuseTooLong(List<ObjectNode> messages, int room) {
        long least =
                messages.isEmpty() ? 0 : Window.estimate(messages.getLast()) * 3 / 4; // estimates are on the safe side
        if (least > room) {
            throw Refusal.badRequest(
                    "message_too_long",
                    "The message and its files take about " + least + " tokens; the agent's model has room for " + room
                            + ". Send less of them, or choose a model with a larger window.",
                    "text");
        }
    }

    /** What the model's window leaves for the conversation, behind the answer, the instructions and the tools. */
    private static int room(AgentConfig config, String system, List<PlannedTool> tools, Optional<ModelFacts> facts) {
        OptionalInt window = facts.map(ModelFacts::contextWindow).orElse(OptionalInt.empty());
        if (window.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int all = window.getAsInt();
        Integer chosen = config.model().maxTokens();
        int answer = chosen != null
                ? chosen
                : facts.map(ModelFacts::maxTokens).orElse(OptionalInt.empty()).orElse(MOST_ANSWER);
        long taken = Math.min(answer, all / 2)
                + TokenEstimate.of(system)
                + tools.stream()
                        .mapToLong(tool -> TokenEstimate.of(tool.name() + tool.description() + tool.parameters()))
                        .sum()
                + all / MARGIN;
        return (int) Math.max(LEAST_ROOM, all - taken);
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
