package dev.jarvis.engine.agent;

import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An agent as its users see it.
 *
 * @param callableAs the model to ask for in the OpenAI dialect
 * @param editable whether the caller may change it
 */
record AgentView(
        UUID id,
        String slug,
        String callableAs,
        String name,
        String icon,
        String description,
        String instructions,
        List<Variable> variables,
        ModelChoice model,
        List<ToolChoice> tools,
        MemoryChoice memory,
        RunLimits limits,
        String visibility,
        UUID teamId,
        Owner owner,
        int version,
        boolean editable,
        Instant createdAt,
        Instant updatedAt) {

    /** @param id {@code null}: the user no longer exists */
    record Owner(@Nullable UUID id, String username) {}

    static AgentView of(Agent agent, Identity caller) {
        AgentConfig config = agent.config();
        return new AgentView(
                agent.id(),
                agent.slug(),
                "agent:" + agent.slug(),
                config.name(),
                config.icon(),
                config.description(),
                config.instructions(),
                config.variables(),
                config.model(),
                config.tools(),
                config.memory(),
                config.limits(),
                agent.visibility().code(),
                agent.teamId(),
                new Owner(agent.ownerId(), agent.ownerName()),
                agent.version(),
                agent.isEditableBy(caller),
                agent.createdAt(),
                agent.updatedAt());
    }
}
