package dev.jarvis.control.team;

import java.time.Instant;
import java.util.UUID;

/**
 * A team, without its members.
 *
 * @param isDefault whether it is the one that everybody is in
 */
record Team(
        UUID id,
        String name,
        String description,
        boolean isDefault,
        long memberCount,
        Instant createdAt,
        Instant updatedAt) {}
