package dev.jarvis.engine.conversation;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A conversation of a user with an agent.
 *
 * @param agent {@code null}: the agent was deleted, and the conversation can only be read
 * @param headId the newest message of the branch in view; {@code null}: there is none yet
 * @param shared whether a link lets others read it
 * @param usage of all its runs
 */
public record Conversation(
        UUID id,
        UUID userId,
        String title,
        @Nullable AgentName agent,
        @Nullable UUID headId,
        boolean archived,
        boolean shared,
        Usage usage,
        Instant createdAt,
        Instant updatedAt) {

    /** What a list shows of an agent. */
    public record AgentName(UUID id, String name, String icon, String modelId) {}
}
