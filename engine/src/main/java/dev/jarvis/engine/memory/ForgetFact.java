package dev.jarvis.engine.memory;

import dev.jarvis.engine.tool.Tool;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

import java.util.UUID;

/** Forgets a fact about the user that this agent keeps; those of other agents are not its to forget. */
public final class ForgetFact implements Tool {
    private final Facts facts;

    public ForgetFact(Facts facts) {
        this.facts = facts;
    }

    @Override
    public String name() {
        return "forget_fact";
    }

    @Override
    public String description() {
        return "Forgets a fact about the user, by the id in brackets before it.";
    }

    @Override
    public ObjectNode parameters() {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"type":"object","properties":{"id":{"type":"string"}},"required":["id"],"additionalProperties":false}""");
    }

    @Override
    public boolean hasSideEffects() {
        return true;
    }

    @Override
    public ToolOutcome call(ObjectNode arguments, ToolContext context) {
        UUID agent = context.agentId();
        context.permit().run();
        boolean gone = agent != null
                && Uuids.canonical(arguments.path("id").asString(""))
                        .map(id -> facts.delete(context.userId(), agent, id))
                        .orElse(false);
        return gone ? ToolOutcome.of("Forgotten.") : ToolOutcome.failed("There is no such fact.");
    }
}
