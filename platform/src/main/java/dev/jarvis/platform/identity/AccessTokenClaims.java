package dev.jarvis.platform.identity;

import java.time.Instant;
import java.util.UUID;

/** What a verified access token says. Its role is for clients to read and is not among these: nothing here trusts it. */
record AccessTokenClaims(UUID userId, UUID sessionId, Instant expiresAt) {}
