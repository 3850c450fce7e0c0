package dev.jarvis.control.ratelimit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A rate limit as administrators and the audit log see it.
 *
 * @param scope what kind of thing {@code subjectId} names: team, user, caller_key, model, provider_key
 * @param subjectName {@code null}: it is gone
 * @param requestsPerMinute in any sixty seconds; {@code null}: no limit, as in the others
 * @param tokensPerMinute input and output together
 * @param concurrentRequests at once
 */
record RateLimit(
        String scope,
        UUID subjectId,
        @Nullable String subjectName,
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Long concurrentRequests,
        Instant updatedAt) {}
