package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.AgentConfig;
import dev.jarvis.engine.agent.RunLimits;
import dev.jarvis.engine.agent.Variable;
import dev.jarvis.engine.conversation.Message;
import dev.jarvis.platform.identity.Identity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fixes at the beginning of a run all that its requests are made of. */
final class Planner {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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

    /** A branch as messages of a request; what is attached is referred to. */
    static List<ObjectNode> history(List<Message> branch) {
        List<ObjectNode> history = new ArrayList<>();
        for (Message message : branch) {
            ObjectNode one = NODES.objectNode().put("role", message.role());
            if (message.attachmentIds().isEmpty()) {
                one.put("content", message.text());
            } else {
                ArrayNode parts = one.putArray("content");
                for (UUID attachment : message.attachmentIds()) {
                    parts.addObject().put("type", "attachment").put("id", attachment.toString());
                }
                parts.addObject().put("type", "text").put("text", message.text());
            }
            history.add(one);
        }
        return history;
    }
}
