package dev.jarvis.control.webhook;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * An event on its way to a webhook, or there.
 *
 * @param status {@code pending}, {@code delivered}, or {@code failed}: given up
 * @param httpStatus of the last answer
 * @param error why the last attempt came to nothing, as a stable word
 * @param nextAttemptAt of a pending one
 */
record Delivery(
        UUID id,
        UUID eventId,
        String eventType,
        String status,
        int attempts,
        @Nullable Integer httpStatus,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant nextAttemptAt) {}
