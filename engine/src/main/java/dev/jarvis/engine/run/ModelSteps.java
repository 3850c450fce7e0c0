package dev.jarvis.engine.run;

import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.ModelListener;
import dev.jarvis.engine.model.ModelResult;
import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks the model in a step of a run: stored before it is sent, sent again with the same key where that is safe, and stored
 * with what it used and cost.
 */
final class ModelSteps {
    private static final int MOST_TRIES = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** A gateway that died with our request is given up by the others within a minute. */
    private static final Duration IN_PROGRESS = Duration.ofSeconds(90);

    private static final Duration FOR_RECORDS = Duration.ofSeconds(3);
    private static final Set<Integer> WORTH_REPEATING = Set.of(429, 500, 502, 503, 504);

    private final Jdbi jdbi;
    private final ModelClient models;
    private final Costs costs;
    private final RunRow run;
    private final StepTable.Writer writer;
    private final Secret token;
    private final Budget budget;
    private final Stop stop;
    private final RunJournal journal;
    private final List<StepRow> steps;

    /** @param steps of the run so far, to which those of the model are added */
    ModelSteps(
            RunLoop.Tools around,
            RunRow run,
            Secret token,
            Budget budget,
            Stop stop,
            RunJournal journal,
            List<StepRow> steps) {
        this.jdbi = around.jdbi();
        this.models = around.models();
        this.costs = around.costs();
        this.run = run;
        this.writer = new StepTable.Writer(run.id(), run.rootRunId(), around.engine());
        this.token = token;
        this.budget = budget;
        this.stop = stop;
        this.journal = journal;
        this.steps = steps;
    }

    /** What is written in the transaction that stores an answer. */
    @FunctionalInterface
    interface AlsoWritten {
        void write(Handle handle, ModelResult.Answered answer);
    }

    /** A step that was begun and is not over, here or by an engine that died. */
    Optional<StepRow> unfinished() {
        return steps.stream()
                .filter(step -> !step.kind().equals("tool") && step.status().equals("running"))
                .findFirst();
    }

    /**
     * Asks once more, or again what was not answered.
     *
     * @param kind {@code model}, whose answer is told as it comes, or {@code summary}
     * @return an end, if there is no answer
     */
    Optional<End> ask(String kind, Supplier<byte[]> body, AlsoWritten also) {
        Optional<StepRow> unfinished = unfinished();
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
                    StepTable.insert(handle, writer, number, kind, "running", run.modelId(), null, null, null));
        }
        budget.countStep();
        Instant started = Instant.now();
        ModelResult result = send(number, body.get(), kind.equals("model"));
        return switch (result) {
            case ModelResult.Answered answer -> {
                answered(kind, number, answer, started, also);
                yield Optional.empty();
            }
            case ModelResult.Refused refused ->
                Optional.of(failed(
                        kind,
                        number,
                        refused.code().equals("idempotency_outcome_unknown") ? "unknown" : "failed",
                        refused.code(),
                        refused.message(),
                        refused.requestId()));
            case ModelResult.Broken broken ->
                Optional.of(failed(kind, number, "failed", broken.code(), broken.message(), broken.requestId()));
            case ModelResult.Stopped gone -> Optional.of(stoppedIn(number, gone));
        };
    }

    private ModelResult send(int number, byte[] body, boolean told) {
        ModelListener listener = new ModelListener() {
            @Override
            public void accepted(String requestId) {
                jdbi.useHandle(handle -> StepTable.request(handle, run.id(), number, requestId));
            }

            @Override
            public void text(String delta) {
                if (told) {
                    journal.tellPiece("text.delta", number, delta);
                }
            }

            @Override
            public void reasoning(String delta) {
                if (told) {
                    journal.tellPiece("reasoning.delta", number, delta);
                }
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

    private void answered(String kind, int number, ModelResult.Answered answer, Instant started, AlsoWritten also) {
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
            also.write(handle, answer);
        });
        steps.add(step(kind, number, "done", output, answer.requestId(), started));
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

    private StepRow step(
            String kind,
            int number,
            String status,
            @Nullable ObjectNode output,
            @Nullable String requestId,
            Instant started) {
        return new StepRow(
                run.id(),
                number,
                kind,
                status,
                run.modelId(),
                null,
                null,
                output,
                null,
                null,
                null,
                requestId,
                0,
                0,
                null,
                null,
                started,
                Instant.now());
    }

    private End failed(
            String kind, int number, String status, String code, String message, Optional<String> requestId) {
        journal.write(handle -> StepTable.finish(
                handle,
                writer,
                number,
                new StepTable.Finish(status, null, code, message, requestId.orElse(null), 0, 0)));
        steps.add(step(kind, number, status, null, requestId.orElse(null), Instant.now()));
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
}
