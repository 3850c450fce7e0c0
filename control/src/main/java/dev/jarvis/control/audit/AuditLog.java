package dev.jarvis.control.audit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.UUID;

/**
 * A record of the audit log, as administrators read it.
 *
 * @param outcome {@code done}, {@code refused} or {@code failed}
 * @param detail why it was refused, as a code
 */
record AuditLog(
        UUID id,
        Instant at,
        @Nullable UUID actorId,
        @Nullable String actorName,
        @Nullable UUID callerKeyId,
        String action,
        @Nullable String targetType,
        @Nullable String targetId,
        String outcome,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        @Nullable String remoteAddr,
        String requestId,
        @Nullable String detail) {}
