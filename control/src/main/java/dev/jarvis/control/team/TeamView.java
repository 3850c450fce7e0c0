package dev.jarvis.control.team;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A team with its members.
 *
 * @param members by name; the first {@link TeamTable#MOST_MEMBERS}
 * @param memberCount how many there are
 */
record TeamView(
        UUID id,
        String name,
        String description,
        boolean isDefault,
        long memberCount,
        List<TeamMember> members,
        Instant createdAt,
        Instant updatedAt) {

    static TeamView of(Team team, List<TeamMember> members) {
        return new TeamView(
                team.id(),
                team.name(),
                team.description(),
                team.isDefault(),
                team.memberCount(),
                members,
                team.createdAt(),
                team.updatedAt());
    }
}
