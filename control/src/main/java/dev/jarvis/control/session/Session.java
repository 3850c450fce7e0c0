package dev.jarvis.control.session;

import dev.jarvis.platform.vault.Secret;

import java.time.Instant;
import java.util.UUID;

/**
 * A session and the refresh token that goes on with it, at the only moment when that token is known.
 *
 * @param refreshExpiresAt when the token stops working if it is not used
 * @param endsAt when the session ends whatever its use
 */
public record Session(UUID id, UUID userId, Secret refreshToken, Instant refreshExpiresAt, Instant endsAt) {}
