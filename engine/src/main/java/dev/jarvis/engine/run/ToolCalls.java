package dev.jarvis.engine.run;

import dev.jarvis.engine.model.Stop;
import dev.jarvis.engine.model.ToolCall;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Does what a model asked for in a run's step, call by call: asks a person first where one must allow it, and keeps each as a step. */
final class ToolCalls {
    private static final int SHOWN = 4_000;

    private final RunParts parts;
    private final ToolRunner tools;
    private final RunRow run;
    private final Stop stop;
    private final RunJournal journal;
    private final Standing standing;

    ToolCalls(RunParts parts) {
        this.parts = parts;
        this.tools = parts.around().tools();
        this.run = parts.run();
        this.stop = parts.stop();
        this.journal = parts.journal();
        this.standing = new Standing(parts.around().models(), parts.token(), run.modelId());
    }

    /** The run is left. */
    void over() {
        tools.over(run.id());
    }

    /** @return an end, if the run cannot go on now */
    Optional<End> callAll(List<ToolCall> calls) {
        for (ToolCall call : calls) {
            Optional<End> stopped = End.asked(stop);
            if (stopped.isPresent()) {
                return stopped;
            }
            Optional<StepRow> stored = parts.steps().stream()
                    .filter(step -> call.id().equals(step.callId()))
                    .findFirst();
            if (stored.isPresent() && stored.get().endedAt() != null) {
                continue;
            }
            Optional<End> end =
                    (stored.isEmpty() ? standing.lost() : Optional.<End>empty()).or(() -> callOne(call, stored));
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    private Optional<End> callOne(ToolCall call, Optional<StepRow> stored) {
        ToolRunner.Checked checked = tools.check(run.plan().tools(), call);
        int number = stored.map(StepRow::number).orElseGet(parts::nextNumber);
        String state = stored.map(StepRow::status).orElse("new");
        switch (state) {
            case "new" -> {
                boolean asks = checked.fault().isEmpty() && checked.tool().approval();
                StepRow begun = begin(number, call, checked, asks);
                if (asks) {
                    return Optional.of(End.waiting(begun));
                }
            }
            case "waiting" -> {
                return stored.map(End::waiting);
            }
            case "declined" -> {
                return ended(number, call, checked, ToolOutcome.failed("The user declined this call."), "declined");
            }
            case "allowed" -> journal.write(handle -> StepTable.status(handle, run.id(), number, "running"));
            default -> {
                if (checked.fault().isEmpty() && checked.tool().sideEffects()) {
                    return ended(
                            number,
                            call,
                            checked,
                            ToolOutcome.failed("The call was interrupted, and it is not known whether it took effect."
                                    + " It was not repeated."),
                            "unknown");
                }
            }
        }
        if (checked.fault().isPresent()) {
            return ended(
                    number, call, checked, ToolOutcome.failed(checked.fault().get()), "failed");
        }
        if (checked.tool().type().equals("agent")) {
            return callAgent(number, call, checked, stored);
        }
        ToolOutcome outcome = tools.call(
                checked,
                new ToolContext(
                        run.userId(),
                        run.agentId(),
                        run.id(),
                        run.id() + "-" + call.id(),
                        Duration.between(Instant.now(), parts.budget().deadline()),
                        stop,
                        this::permit));
        return ended(number, call, checked, outcome, outcome.failed() ? "failed" : "done");
    }

    /** An engine may have stood still since it stored the call, and the run may be another's, which has given the call up. */
    private void permit() {
        RunLoop.Tools around = parts.around();
        around.jdbi().useHandle(handle -> new Lease(run.rootRunId(), around.engine()).renew(handle, around.lease()));
    }

    private StepRow begin(int number, ToolCall call, ToolRunner.Checked checked, boolean asks) {
        StepRow step = StepRow.ofTool(
                run.id(),
                number,
                asks ? "waiting" : "running",
                call.name(),
                call.id(),
                checked.arguments(),
                childOf(call, checked));
        journal.tell("tool.call", told(step));
        if (asks) {
            journal.tell("approval.required", told(step));
        }
        journal.write(handle -> StepTable.insert(handle, step));
        parts.keep(step);
        return step;
    }

    /** A call as it is told of. */
    private static Map<String, Object> told(StepRow step) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("step", step.number());
        told.put("call_id", step.callId());
        told.put("name", step.name());
        told.put("arguments", step.input());
        return told;
    }

    /** The id of the run of an agent that is called: the same if the call is repeated. */
    private @Nullable UUID childOf(ToolCall call, ToolRunner.Checked checked) {
        return checked.fault().isEmpty() && checked.tool().type().equals("agent")
                ? UUID.nameUUIDFromBytes((run.id() + call.id()).getBytes(StandardCharsets.UTF_8))
                : null;
    }

    private Optional<End> callAgent(int number, ToolCall call, ToolRunner.Checked checked, Optional<StepRow> stored) {
        UUID child = stored.map(StepRow::childRunId).orElseGet(() -> childOf(call, checked));
        End end = parts.around()
                .subRuns()
                .run(run, child, checked.tool(), checked.arguments(), parts.token(), parts.budget(), stop);
        StepRow asked = end.asked();
        if (asked != null) {
            // Whoever watches this run is the one to be asked; the call keeps the name of its own run.
            Map<String, Object> told = told(asked);
            told.put("run_id", asked.runId());
            journal.tell("approval.required", told);
        }
        if (!end.isOver()) {
            return Optional.of(end);
        }
        if (end.status().equals("cancelled")) {
            return Optional.of(end);
        }
        return end.status().equals("done")
                ? ended(number, call, checked, ToolOutcome.of(end.text()), "done")
                : ended(number, call, checked, ToolOutcome.failed("The agent failed: " + end.message()), "failed");
    }

    private Optional<End> ended(
            int number, ToolCall call, ToolRunner.Checked checked, ToolOutcome outcome, String status) {
        ObjectNode output = tools.output(outcome);
        Map<String, Object> told = new LinkedHashMap<>();
        String content = output.path("content").asString("");
        told.put("step", number);
        told.put("call_id", call.id());
        told.put("name", call.name());
        told.put("status", outcome.failed() ? "failed" : "done");
        told.put("content", content.length() > SHOWN ? content.substring(0, SHOWN) + "…" : content);
        journal.tell("tool.result", told);
        StepTable.Finish finish = StepTable.Finish.ofTool(status, output, outcome.failed());
        journal.writeNext(handle -> StepTable.finish(handle, run.id(), number, finish));
        parts.keep(StepRow.ofTool(
                        run.id(), number, status, call.name(), call.id(), checked.arguments(), childOf(call, checked))
                .ended(finish));
        return Optional.empty();
    }
}
