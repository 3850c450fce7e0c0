package dev.jarvis.control.team;

import java.time.Instant;
import java.util.UUID;

/**
 * A user in a team.
 *
 * @param role {@code member}, or {@code lead}: who may read the team
 * @param pays whether the user's calls count for this team, unless a caller key names another
 */
record TeamMember(UUID userId, String username, String role, boolean pays, Instant createdAt) {}
