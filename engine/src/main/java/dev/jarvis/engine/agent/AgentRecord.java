package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What the audit log keeps of an agent: who may use it, and what it may do. Its versions hold the rest, word for word. */
record AgentRecord(
        String slug,
        String name,
        @Nullable UUID ownerId,
        String visibility,
        UUID teamId,
        int version,
        String modelId,
        List<ToolChoice> tools,
        RunLimits limits) {

    static AgentRecord of(Agent agent) {
        return new AgentRecord(
                agent.slug(),
                agent.config().name(),
                agent.ownerId(),
                agent.visibility().code(),
                agent.teamId(),
                agent.version(),
                agent.config().model().modelId(),
                agent.config().tools(),
                agent.config().limits());
    }
}
