package dev.jarvis.engine.run;

import dev.jarvis.engine.model.Stop;
import dev.jarvis.engine.model.ToolCall;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import dev.jarvis.platform.vault.Secret;
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

    private final ToolRunner tools;
    private final SubRuns subRuns;
    private final RunRow run;
    private final StepTable.Writer writer;
    private final Secret token;
    private final Budget budget;
    private final Stop stop;
    private final RunJournal journal;
    private final List<StepRow> steps;

    /** @param steps of the run so far, to which those of tools are added */
    ToolCalls(
            RunLoop.Tools around,
            RunRow run,
            Secret token,
            Budget budget,
            Stop stop,
            RunJournal journal,
            List<StepRow> steps) {
        this.tools = around.tools();
        this.subRuns = around.subRuns();
        this.run = run;
        this.writer = new StepTable.Writer(run.id(), run.rootRunId(), around.engine());
        this.token = token;
        this.budget = budget;
        this.stop = stop;
        this.journal = journal;
        this.steps = steps;
    }

    /** The run is over. */
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
            Optional<StepRow> stored = steps.stream()
                    .filter(step -> call.id().equals(step.callId()))
                    .findFirst();
            if (stored.isPresent() && stored.get().endedAt() != null) {
                continue;
            }
            Optional<End> end = callOne(call, stored);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    private Optional<End> callOne(ToolCall call, Optional<StepRow> stored) {
        ToolRunner.Checked checked = tools.check(run.plan().tools(), call);
        int number = stored.map(StepRow::number).orElseGet(() -> steps.size() + 1);
        String state = stored.map(StepRow::status).orElse("new");
        switch (state) {
            case "new" -> {
                boolean asks = checked.fault().isEmpty() && checked.tool().approval();
                begin(number, call, checked, asks);
                if (asks) {
                    return Optional.of(End.waiting());
                }
            }
            case "waiting" -> {
                return Optional.of(End.waiting());
            }
            case "declined" -> {
                return ended(number, call, checked, ToolOutcome.failed("The user declined this call."), "declined");
            }
            case "allowed" -> journal.write(handle -> StepTable.status(handle, writer, number, "running"));
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
                        Duration.between(Instant.now(), budget.deadline()),
                        stop));
        return ended(number, call, checked, outcome, outcome.failed() ? "failed" : "done");
    }

    private void begin(int number, ToolCall call, ToolRunner.Checked checked, boolean asks) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("step", number);
        told.put("call_id", call.id());
        told.put("name", call.name());
        told.put("arguments", checked.arguments());
        journal.tell("tool.call", told);
        if (asks) {
            journal.tell("approval.required", told);
        }
        String status = asks ? "waiting" : "running";
        journal.write(handle -> StepTable.insert(
                handle,
                writer,
                number,
                "tool",
                status,
                call.name(),
                call.id(),
                checked.arguments(),
                childOf(call, checked)));
        steps.add(new StepRow(
                run.id(),
                number,
                "tool",
                status,
                call.name(),
                call.id(),
                checked.arguments(),
                null,
                null,
                null,
                childOf(call, checked),
                null,
                0,
                0,
                null,
                null,
                Instant.now(),
                null));
    }

    /** The id of the run of an agent that is called: the same if the call is repeated. */
    private @Nullable UUID childOf(ToolCall call, ToolRunner.Checked checked) {
        return checked.fault().isEmpty() && checked.tool().type().equals("agent")
                ? UUID.nameUUIDFromBytes((run.id() + call.id()).getBytes(StandardCharsets.UTF_8))
                : null;
    }

    private Optional<End> callAgent(int number, ToolCall call, ToolRunner.Checked checked, Optional<StepRow> stored) {
        UUID child = stored.map(StepRow::childRunId).orElseGet(() -> childOf(call, checked));
        End end = subRuns.run(run, child, checked.tool(), checked.arguments(), token, budget, stop);
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
        journal.write(handle -> StepTable.finish(
                handle,
                writer,
                number,
                new StepTable.Finish(status, output, outcome.failed() ? "tool_failed" : null, null, null, 0, 0)));
        steps.removeIf(step -> step.number() == number);
        steps.add(new StepRow(
                run.id(),
                number,
                "tool",
                status,
                call.name(),
                call.id(),
                checked.arguments(),
                output,
                null,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                Instant.now(),
                Instant.now()));
        return Optional.empty();
    }
}
