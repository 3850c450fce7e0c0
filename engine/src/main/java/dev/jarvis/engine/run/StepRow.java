package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.UUID;

/**
 * A step as it is stored.
 *
 * @param kind {@code model}, {@code tool} or {@code summary}
 * @param name of the model or the tool
 * @param callId of a tool's call
 * @param input of a tool: its arguments
 * @param output of a model: text, reasoning, tool_calls; of a tool: content
 * @param requestId of the gateway
 * @param costNano as the gateway recorded it; {@code null}: not yet, or nothing
 */
record StepRow(
        UUID runId,
        int number,
        String kind,
        String status,
        String name,
        @Nullable String callId,
        @Nullable ObjectNode input,
        @Nullable ObjectNode output,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable UUID childRunId,
        @Nullable String requestId,
        long inputTokens,
        long outputTokens,
        @Nullable Long costNano,
        @Nullable String currency,
        Instant startedAt,
        @Nullable Instant endedAt) {}
