package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
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
        @Nullable Instant endedAt) {
    /** A call that failed, and of which there is no record by then, was refused before it was sent. */
    private static final Duration LATEST_RECORD = Duration.ofMinutes(1);

    /** Whether the gateway's record of what it cost is still to come. */
    boolean awaitsRecord() {
        boolean refused = status.equals("failed")
                && endedAt != null
                && endedAt.isBefore(Instant.now().minus(LATEST_RECORD));
        return requestId != null && costNano == null && !refused;
    }

    /** A call of a model that begins now. */
    static StepRow ofModel(UUID run, int number, String kind, String model) {
        return begun(run, number, kind, "running", model, null, null, null);
    }

    /** A call of a tool that begins now. @param child the run of an agent that is called */
    static StepRow ofTool(
            UUID run,
            int number,
            String status,
            String tool,
            String callId,
            ObjectNode arguments,
            @Nullable UUID child) {
        return begun(run, number, "tool", status, tool, callId, arguments, child);
    }

    private static StepRow begun(
            UUID run,
            int number,
            String kind,
            String status,
            String name,
            @Nullable String callId,
            @Nullable ObjectNode input,
            @Nullable UUID child) {
        return new StepRow(
                run,
                number,
                kind,
                status,
                name,
                callId,
                input,
                null,
                null,
                null,
                child,
                null,
                0,
                0,
                null,
                null,
                Instant.now(),
                null);
    }

    /** The same, with what the gateway recorded. */
    StepRow costing(Costs.Cost cost) {
        return new StepRow(
                runId,
                number,
                kind,
                status,
                name,
                callId,
                input,
                output,
                errorCode,
                errorMessage,
                childRunId,
                requestId,
                inputTokens,
                outputTokens,
                cost.nano(),
                cost.currency(),
                startedAt,
                endedAt);
    }

    /** The same, over now. */
    StepRow ended(StepTable.Finish how) {
        return new StepRow(
                runId,
                number,
                kind,
                how.status(),
                name,
                callId,
                input,
                how.output(),
                how.errorCode(),
                how.errorMessage(),
                childRunId,
                how.requestId(),
                how.inputTokens(),
                how.outputTokens(),
                costNano,
                currency,
                startedAt,
                Instant.now());
    }
}
