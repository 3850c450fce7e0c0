package dev.jarvis.platform.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What came of verifying an access token's text. */
sealed interface TokenCheck {
    record Valid(AccessTokenClaims claims) implements TokenCheck {}

    /**
     * Somebody acts for a user, with models only.
     *
     * @param sessionId or {@code callerKeyId}: what the user came with
     * @param models empty: all that the user may use
     */
    record Delegated(
            UUID userId,
            Optional<UUID> sessionId,
            Optional<UUID> callerKeyId,
            Optional<Set<String>> models,
            Instant expiresAt)
            implements TokenCheck {}

    /** Ours, and its time is over. */
    record Expired() implements TokenCheck {}

    /** Not a token of ours, for whatever reason. */
    record Invalid() implements TokenCheck {}
}
