package dev.jarvis.engine.run;

import dev.jarvis.engine.conversation.MessageTable;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.ModelListener;
import dev.jarvis.engine.model.ModelResult;
import dev.jarvis.engine.model.Stop;
import dev.jarvis.engine.model.ToolCall;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * One run, from wherever its stored steps end to its own end: ask the model, do what it asks for, ask again. Each step is
 * stored before it is begun and when it is over. A model step that was under way when an engine died is sent again with the
 * same idempotency key, so it is paid once; a tool with side effects is not called a second time.
 */
final class RunLoop {
    private static final int MOST_TRIES = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** A gateway that died with our request is given up by the others within a minute. */
    private static final Duration IN_PROGRESS = Duration.ofSeconds(90);

    private static final Duration FOR_RECORDS = Duration.ofSeconds(3);
    private static final Set<Integer> WORTH_REPEATING = Set.of(429, 500, 502, 503, 504);

    private final Jdbi jdbi;
    private final EventHub hub;
    private final ModelClient models;
    private final Costs costs;
    private final Histories histories;
    private final ToolCalls tools;
    private final UUID engine;
    private final RunRow run;
    private final StepTable.Writer writer;
    private final Secret token;
    private final Budget budget;
    private final Stop stop;
    private final RunJournal journal;
    private final List<StepRow> steps;

    /** What several loops share. */
    record Tools(
            Jdbi jdbi,
            EventHub hub,
            ModelClient models,
            Costs costs,
            Histories histories,
            ToolRunner tools,
            SubRuns subRuns,
            UUID engine) {}

    RunLoop(Tools around, RunRow run, Secret token, Budget budget, Stop stop) {
        this.jdbi = around.jdbi();
        this.hub = around.hub();
        this.models = around.models();
        this.costs = around.costs();
        this.histories = around.histories();
        this.engine = around.engine();
        this.run = run;
        this.writer = new StepTable.Writer(run.id(), run.rootRunId(), engine);
        this.token = token;
        this.budget = budget;
        this.stop = stop;
        this.journal = new RunJournal(jdbi, hub, run.id());
        this.steps = new ArrayList<>(jdbi.withHandle(handle -> StepTable.list(handle, run.id())));
        this.tools = new ToolCalls(around, run, token, budget, stop, journal, steps);
    }

    /** @throws LostLeaseException if another engine has taken the run over */
    End go() {
        if (steps.isEmpty()) {
            Map<String, Object> started = new LinkedHashMap<>();
            started.put("agent", agentName());
            started.put("model", run.modelId());
            journal.tell("run.started", started);
        }
        End end = untilEnd();
        finish(end);
        return end;
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
            Optional<StepRow> answer = Transcript.lastAnswer(steps);
            if (answer.isPresent() && unfinishedModelStep().isEmpty()) {
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

    private Optional<StepRow> unfinishedModelStep() {
        return steps.stream()
                .filter(step -> !step.kind().equals("tool") && step.status().equals("running"))
                .findFirst();
    }

    // The model

    private Optional<End> askModel() {
        Optional<StepRow> unfinished = unfinishedModelStep();
        int number;
        if (unfinished.isPresent()) {
            number = unfinished.get().number();
            journal.tell("step.restarted", Map.of("step", number));
            steps.removeIf(step -> step.number() == number);
        } else {
            Optional<End> exhausted = budget.exhausted();
            if (exhausted.isPresent()) {
                return exhausted;
            }
            number = steps.size() + 1;
            journal.write(handle ->
                    StepTable.insert(handle, writer, number, "model", "running", run.modelId(), null, null, null));
        }
        budget.countStep();
        Instant started = Instant.now();
        byte[] body = Transcript.request(run.plan(), histories.expand(run), steps);
        ModelResult result = ask(number, body);
        return switch (result) {
            case ModelResult.Answered answer -> {
                answered(number, answer, started);
                yield Optional.empty();
            }
            case ModelResult.Refused refused ->
                Optional.of(failed(
                        number,
                        refused.code().equals("idempotency_outcome_unknown") ? "unknown" : "failed",
                        refused.code(),
                        refused.message(),
                        refused.requestId()));
            case ModelResult.Broken broken ->
                Optional.of(failed(number, "failed", broken.code(), broken.message(), broken.requestId()));
            case ModelResult.Stopped gone -> Optional.of(stoppedIn(number, gone));
        };
    }

    private ModelResult ask(int number, byte[] body) {
        ModelListener listener = new ModelListener() {
            @Override
            public void accepted(String requestId) {
                jdbi.useHandle(handle -> StepTable.request(handle, run.id(), number, requestId));
            }

            @Override
            public void text(String delta) {
                journal.tellPiece("text.delta", number, delta);
            }

            @Override
            public void reasoning(String delta) {
                journal.tellPiece("reasoning.delta", number, delta);
            }

            @Override
            public void pause() {
                journal.flushPieces();
            }
        };
        String key = "run-" + run.id() + "-" + number;
        Instant patience = Instant.now().plus(IN_PROGRESS);
        for (int tries = 1; ; ) {
            ModelResult result = models.call(token, key, body, listener, stop);
            Optional<Duration> pause = pauseBefore(result, tries, patience);
            if (pause.isEmpty()) {
                return result;
            }
            boolean waits = result instanceof ModelResult.Refused refused
                    && refused.code().equals("idempotency_in_progress");
            tries += waits ? 0 : 1;
            if (result instanceof ModelResult.Broken) {
                journal.tell("step.restarted", Map.of("step", number));
            }
            if (!sleep(pause.get())) {
                return new ModelResult.Stopped(Optional.empty());
            }
        }
    }

    /** How long to wait before the same is asked again; empty: it is not. */
    private Optional<Duration> pauseBefore(ModelResult result, int tries, Instant patience) {
        Duration standard = Duration.ofMillis(250L << Math.min(tries, 5));
        if (result instanceof ModelResult.Refused refused) {
            if (refused.code().equals("idempotency_in_progress")) {
                return Instant.now().isBefore(patience) ? Optional.of(Duration.ofSeconds(1)) : Optional.empty();
            }
            boolean repeat = WORTH_REPEATING.contains(refused.status())
                    && refused.retryAfter().isPresent();
            return repeat && tries < MOST_TRIES
                    ? refused.retryAfter()
                            .map(after -> after.compareTo(standard) > 0 ? after : standard)
                            .filter(after -> after.compareTo(LONGEST_PAUSE) <= 0)
                            .filter(after -> Instant.now().plus(after).isBefore(budget.deadline()))
                    : Optional.empty();
        }
        return result instanceof ModelResult.Broken && tries < MOST_TRIES ? Optional.of(standard) : Optional.empty();
    }

    /** @return false if the run was stopped meanwhile */
    private boolean sleep(Duration pause) {
        Thread sleeper = Thread.currentThread();
        stop.onAsk(() -> LockSupport.unpark(sleeper));
        try {
            long end = System.nanoTime() + pause.toNanos();
            for (long left = pause.toNanos(); left > 0 && !stop.isAsked(); left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return !stop.isAsked();
        } finally {
            stop.over();
        }
    }

    private void answered(int number, ModelResult.Answered answer, Instant started) {
        ObjectNode output = Transcript.output(number, answer);
        budget.countTokens(answer.inputTokens() + answer.outputTokens());
        journal.write(handle -> {
            StepTable.finish(
                    handle,
                    writer,
                    number,
                    new StepTable.Finish(
                            "done",
                            output,
                            null,
                            null,
                            answer.requestId(),
                            answer.inputTokens(),
                            answer.outputTokens()));
            RunTable.countStep(handle, run.id(), number, answer.inputTokens(), answer.outputTokens());
        });
        steps.add(new StepRow(
                run.id(),
                number,
                "model",
                "done",
                run.modelId(),
                null,
                null,
                output,
                null,
                null,
                null,
                answer.requestId(),
                answer.inputTokens(),
                answer.outputTokens(),
                null,
                null,
                started,
                Instant.now()));
        tellUsage(number, answer, started);
    }

    /** The cost is waited for: the next step must know what this one cost, and it takes a moment only. */
    private void tellUsage(int number, ModelResult.Answered answer, Instant started) {
        Optional<Costs.Cost> cost = costs.await(run.userId(), answer.requestId(), started, FOR_RECORDS);
        cost.ifPresent(found -> budget.countCost(found.nano(), found.currency()));
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("step", number);
        usage.put("request_id", answer.requestId());
        usage.put("input_tokens", answer.inputTokens());
        usage.put("output_tokens", answer.outputTokens());
        usage.put("cost", cost.map(found -> Views.decimal(found.nano())).orElse(null));
        usage.put("currency", cost.map(Costs.Cost::currency).orElse(null));
        usage.put("run_tokens", budget.tokens());
        journal.tell("usage", usage);
        journal.write(handle ->
                cost.ifPresent(found -> StepTable.cost(handle, run.id(), number, found.nano(), found.currency())));
    }

    private End failed(int number, String status, String code, String message, Optional<String> requestId) {
        journal.write(handle -> StepTable.finish(
                handle,
                writer,
                number,
                new StepTable.Finish(status, null, code, message, requestId.orElse(null), 0, 0)));
        return End.failed(code, message);
    }

    /** A step given up for its user is over; one given up because this engine stops is the next engine's to repeat. */
    private End stoppedIn(int number, ModelResult.Stopped gone) {
        End end = End.asked(stop).orElseGet(End::handedOver);
        if (end.isOver()) {
            journal.write(handle -> StepTable.finish(
                    handle,
                    writer,
                    number,
                    new StepTable.Finish(
                            "failed",
                            null,
                            end.code(),
                            end.message(),
                            gone.requestId().orElse(null),
                            0,
                            0)));
        }
        return end;
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
        journal.write(handle -> {
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
            LostLeaseException.unless(
                    RunTable.end(handle, run.id(), engine, end.status(), end.code(), end.message(), answer));
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
