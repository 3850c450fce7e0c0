package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.RunLimits;
import dev.jarvis.engine.conversation.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs and steps as their users see them. */
final class Views {
    private Views() {}

    record AgentName(@Nullable UUID id, String name, int version) {}

    record Problem(String code, String message) {
        /** {@code null}: no code. */
        static @Nullable Problem of(@Nullable String code, @Nullable String message) {
            return code == null ? null : new Problem(code, message == null ? "" : message);
        }
    }

    /** @param arguments that a person is asked to allow */
    record Approval(
            UUID runId,
            String callId,
            String name,
            @Nullable ObjectNode arguments) {}

    /** @param error {@code null}: none */
    record RunView(
            UUID id,
            @Nullable UUID conversationId,
            @Nullable UUID messageId,
            @Nullable UUID answerId,
            @Nullable UUID parentRunId,
            AgentName agent,
            String modelId,
            String status,
            @Nullable Problem error,
            RunLimits limits,
            Usage usage,
            int stepCount,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        static RunView of(RunRow run, Usage usage) {
            return new RunView(
                    run.id(),
                    run.conversationId(),
                    run.messageId(),
                    run.answerId(),
                    run.parentRunId(),
                    new AgentName(run.agentId(), run.agentName(), run.agentVersion()),
                    run.modelId(),
                    run.status(),
                    Problem.of(run.endCode(), run.endMessage()),
                    run.plan().limits(),
                    usage,
                    run.stepCount(),
                    run.createdAt(),
                    run.startedAt(),
                    run.endedAt());
        }
    }

    /** A run in a list. @param error {@code null}: none */
    record ListedRun(
            UUID id,
            @Nullable UUID conversationId,
            @Nullable UUID messageId,
            @Nullable UUID answerId,
            AgentName agent,
            String modelId,
            String status,
            @Nullable Problem error,
            Usage usage,
            int stepCount,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    record StepView(
            int number,
            String kind,
            String status,
            String name,
            @Nullable String callId,
            @Nullable ObjectNode input,
            @Nullable ObjectNode output,
            @Nullable Problem error,
            @Nullable UUID childRunId,
            @Nullable String requestId,
            long inputTokens,
            long outputTokens,
            @Nullable String cost,
            @Nullable String currency,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Long durationMs) {
        static StepView of(StepRow step) {
            Instant ended = step.endedAt();
            return new StepView(
                    step.number(),
                    step.kind(),
                    step.status(),
                    step.name(),
                    step.callId(),
                    step.input(),
                    step.output(),
                    Problem.of(step.errorCode(), step.errorMessage()),
                    step.childRunId(),
                    step.requestId(),
                    step.inputTokens(),
                    step.outputTokens(),
                    decimal(step.costNano()),
                    step.currency(),
                    step.startedAt(),
                    ended,
                    ended == null
                            ? null
                            : Duration.between(step.startedAt(), ended).toMillis());
        }
    }

    /** Messages that were not sent. @param summary that was sent in their place; {@code null}: none */
    record OlderView(int messages, @Nullable String summary) {
        static @Nullable OlderView of(Plan plan, List<StepRow> steps) {
            Older older = plan.older();
            return older == null
                    ? null
                    : new OlderView(
                            older.count(), Recollection.summary(plan, steps).orElse(null));
        }
    }

    /** Everything about a run. @param older {@code null}: nothing of its conversation was replaced */
    record Inspection(
            RunView run,
            @Nullable OlderView older,
            List<StepView> steps,
            List<Approval> approvals,
            List<RunView> children) {}

    static @Nullable String decimal(@Nullable Long nano) {
        return Usage.decimal(nano);
    }

    static Usage usage(List<StepRow> steps) {
        Map<String, Long> nanos = new HashMap<>();
        long input = 0;
        long output = 0;
        boolean complete = true;
        for (StepRow step : steps) {
            input += step.inputTokens();
            output += step.outputTokens();
            Long nano = step.costNano();
            String currency = step.currency();
            if (nano != null && currency != null) {
                nanos.merge(currency, nano, Long::sum);
            } else if (step.awaitsRecord()) {
                complete = false;
            }
        }
        return Usage.of(input, output, nanos, complete);
    }
}
