package dev.jarvis.control.key;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A caller key as its owner, administrators and the audit log see it: everything but the key.
 *
 * @param hint the prefix and the last four characters
 * @param status {@code active}, {@code expired} or {@code revoked}
 * @param teamId the team that its calls count for; {@code null}: its user's
 * @param allowedModels model_ids; {@code null}: all that the user may use
 * @param expiresAt {@code null}: never
 */
public record Key(
        UUID id,
        UUID userId,
        String name,
        String hint,
        String status,
        @Nullable UUID teamId,
        @Nullable List<String> allowedModels,
        @Nullable Instant expiresAt,
        Instant createdAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {}
