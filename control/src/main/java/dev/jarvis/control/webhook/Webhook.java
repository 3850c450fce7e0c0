package dev.jarvis.control.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A webhook as administrators and the audit log see it: everything but the secret.
 *
 * @param eventTypes what is sent to it
 * @param secretHint the last four characters of its signing secret
 */
record Webhook(
        UUID id,
        String url,
        String description,
        List<String> eventTypes,
        boolean enabled,
        String secretHint,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
