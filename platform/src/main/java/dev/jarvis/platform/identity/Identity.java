package dev.jarvis.platform.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who is calling, and with what.
 *
 * @param teamId the team that this call counts for: the caller key's, else the user's, else the default team
 * @param callerKeyId the caller key, when one was used
 * @param sessionId the login session, when an access token was used
 * @param allowedModels the model_ids that the caller key is limited to; empty: no limit
 * @param expiresAt when the credential stops being valid; {@link Instant#MAX} if never
 */
public record Identity(
        UUID userId,
        String username,
        Role role,
        UUID teamId,
        Optional<UUID> callerKeyId,
        Optional<UUID> sessionId,
        Optional<Set<String>> allowedModels,
        Instant expiresAt) {

    /** Where users are who are in no other team; made by {@code migrations/006_teams.sql} and never deleted. */
    public static final UUID DEFAULT_TEAM = UUID.fromString("00000000-0000-7000-8000-000000000001");

    /** Whether this caller may use a model at all. */
    public boolean mayUse(String modelId) {
        return allowedModels.map(allowed -> allowed.contains(modelId)).orElse(true);
    }

    /** The same caller with no more than these models, and no longer than until then. */
    Identity within(Optional<Set<String>> models, Instant end) {
        Optional<Set<String>> both = models.map(few -> allowedModels
                        .map(own -> few.stream().filter(own::contains).collect(Collectors.toUnmodifiableSet()))
                        .orElse(few))
                .or(() -> allowedModels);
        Instant earlier = end.isBefore(expiresAt) ? end : expiresAt;
        return new Identity(userId, username, role, teamId, callerKeyId, sessionId, both, earlier);
    }
}
