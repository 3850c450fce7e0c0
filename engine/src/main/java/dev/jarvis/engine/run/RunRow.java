package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A run as it is stored. @param credential sealed; {@code null}: it is over */
record RunRow(
        UUID id,
        UUID userId,
        @Nullable UUID conversationId,
        @Nullable UUID messageId,
        @Nullable UUID answerId,
        @Nullable UUID parentRunId,
        UUID rootRunId,
        @Nullable UUID agentId,
        int agentVersion,
        String agentName,
        String modelId,
        Plan plan,
        String status,
        @Nullable String endCode,
        @Nullable String endMessage,
        boolean cancelled,
        byte @Nullable [] credential,
        Instant expiresAt,
        @Nullable Instant deadlineAt,
        int stepCount,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    boolean isOver() {
        return status.equals("done") || status.equals("failed") || status.equals("cancelled");
    }
}
