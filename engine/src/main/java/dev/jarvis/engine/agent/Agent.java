package dev.jarvis.engine.agent;

import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * An agent at one of its versions.
 *
 * @param slug its name in the OpenAI dialect, after {@code agent:}
 * @param ownerId {@code null}: its owner no longer exists, and administrators care for it
 * @param version the one in use, whichever this is
 */
public record Agent(
        UUID id,
        String slug,
        @Nullable UUID ownerId,
        String ownerName,
        UUID teamId,
        Visibility visibility,
        int version,
        AgentConfig config,
        Instant createdAt,
        Instant updatedAt) {

    public boolean isEditableBy(Identity caller) {
        return caller.role() == Role.ADMIN || caller.userId().equals(ownerId);
    }
}
