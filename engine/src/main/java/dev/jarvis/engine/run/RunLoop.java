package dev.jarvis.engine.run;

import dev.jarvis.engine.conversation.MessageTable;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.Stop;
import dev.jarvis.engine.model.ToolCall;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One run, from wherever its stored steps end to its own end: ask the model, do what it asks for, ask again. Each step is stored
 * before it is begun, and its end with the beginning of the next. A model step that was under way when an engine died is sent
 * again with the same idempotency key, so it is paid once; a tool with side effects is not called a second time.
 */
final class RunLoop {
    private final UUID engine;
    private final RunRow run;
    private final Stop stop;
    private final RunJournal journal;
    private final List<StepRow> steps;
    private final ModelSteps model;
    private final ToolCalls tools;
    private final Recollection recollection;
    private final Summarizer summarizer;

    /** What several loops share. */
    record Tools(
            Jdbi jdbi,
            EventHub hub,
            ModelClient models,
            Costs costs,
            Histories histories,
            ToolRunner tools,
            SubRuns subRuns,
            UUID engine,
            Duration lease) {}

    RunLoop(Tools around, RunRow run, Secret token, Budget budget, Stop stop) {
        this.engine = around.engine();
        this.run = run;
        this.stop = stop;
        this.journal =
                new RunJournal(around.jdbi(), around.hub(), run.id(), new Lease(run.rootRunId(), around.engine()));
        this.steps = new ArrayList<>(around.jdbi().withHandle(handle -> StepTable.list(handle, run.id())));
        RunParts parts = new RunParts(around, run, token, budget, stop, journal, steps);
        this.model = new ModelSteps(parts);
        this.tools = new ToolCalls(parts);
        this.recollection = new Recollection(around.histories());
        this.summarizer = new Summarizer(parts, model);
    }

    /** @throws LostLeaseException if another engine has taken the run over */
    End go() {
        if (steps.isEmpty()) {
            Map<String, Object> started = new LinkedHashMap<>();
            started.put("agent", agentName());
            started.put("model", run.modelId());
            journal.tell("run.started", started);
        }
        boolean comesBack = false;
        try {
            End end = untilEnd();
            finish(end);
            comesBack = end.status().equals("waiting");
            return end;
        } finally {
            // Also where the run was lost to another engine, which has sessions of its own with the tools' servers.
            if (!comesBack) {
                tools.over();
            }
        }
    }

    private Map<String, Object> agentName() {
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("id", run.agentId());
        agent.put("name", run.agentName());
        agent.put("version", run.agentVersion());
        return agent;
    }

    private End untilEnd() {
        while (true) {
            Optional<End> stopped = End.asked(stop);
            if (stopped.isPresent()) {
                return stopped.get();
            }
            Optional<End> summarized = summarizer.summarize();
            if (summarized.isPresent()) {
                return summarized.get();
            }
            Optional<StepRow> answer = Transcript.lastAnswer(steps);
            if (answer.isPresent() && model.unfinished().isEmpty()) {
                List<ToolCall> calls = Transcript.calls(answer.get());
                if (calls.isEmpty()) {
                    return End.done(Transcript.text(answer.get()));
                }
                Optional<End> end = tools.callAll(calls);
                if (end.isPresent()) {
                    return end.get();
                }
                if (LoopDetector.isLooping(steps)) {
                    return End.failed(
                            "loop_detected",
                            "The model asked for the same tool with the same arguments again and again, and got the same"
                                    + " answer.");
                }
            }
            Optional<End> end = askModel();
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    private Optional<End> askModel() {
        return model.ask(
                "model",
                () -> Transcript.request(run.plan(), recollection.messages(run, steps), steps),
                (handle, answer) -> {});
    }

    // The end

    private void finish(End end) {
        if (!end.isOver()) {
            journal.write(handle -> {
                if (run.parentRunId() == null) {
                    RunTable.release(handle, run.id(), engine, end.status());
                }
            });
            return;
        }
        UUID conversation = run.conversationId();
        String text = end.status().equals("done") ? end.text() : "";
        UUID answer = conversation != null && end.status().equals("done") ? Uuid7.next() : null;
        Map<String, Object> told = new HashMap<>();
        told.put("answer_id", answer);
        if (end.status().equals("done")) {
            told.put("finish_reason", finishReason());
            journal.tell("run.done", told);
        } else {
            told.put("code", end.code());
            told.put("message", end.message());
            journal.tell("run.failed", told);
        }
        journal.writeIn(answer == null ? null : conversation, handle -> {
            if (answer != null && conversation != null) {
                MessageTable.insert(
                        handle,
                        answer,
                        conversation,
                        run.messageId(),
                        "assistant",
                        text,
                        reasoning(),
                        List.of(),
                        run.id());
            }
            LostLeaseException.unless(RunTable.end(handle, run.id(), end.status(), end.code(), end.message(), answer));
        });
    }

    private String finishReason() {
        return Transcript.lastAnswer(steps)
                .map(StepRow::output)
                .map(output -> output.path("finish_reason").asString("stop"))
                .orElse("stop");
    }

    private String reasoning() {
        return Transcript.lastAnswer(steps)
                .map(StepRow::output)
                .map(output -> output.path("reasoning").asString(""))
                .orElse("");
    }
}
