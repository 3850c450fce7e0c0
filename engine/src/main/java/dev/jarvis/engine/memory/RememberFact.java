package dev.jarvis.engine.memory;

import dev.jarvis.engine.tool.Tool;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import dev.jarvis.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

import java.util.UUID;

/** Keeps a fact about the user for later conversations. */
public final class RememberFact implements Tool {
    private final Facts facts;

    public RememberFact(Facts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "remember_fact";
    }

    @Override
    public String description() {
        return "Keeps one fact about the user for later conversations. The user can see and erase it.";
    }

    @Override
    public ObjectNode parameters() {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"type":"object","properties":{"fact":{"type":"string","minLength":1,"maxLength":500}},
                "required":["fact"],"additionalProperties":false}""");
    }

    @Override
    public boolean hasSideEffects() {
        return true;
    }

    @Override
    public ToolOutcome call(ObjectNode arguments, ToolContext context) {
        UUID agent = context.agentId();
        if (agent == null) {
            return ToolOutcome.failed("There is nobody to remember it.");
        }
        String fact = arguments.path("fact").asString("").replace("\u0000", "");
        context.permit().run();
        return facts.add(context.userId(), agent, fact, context.runId())
                ? ToolOutcome.of("Kept.")
                : ToolOutcome.failed("As many facts are kept as may be. Forget one first.");
    }
}
