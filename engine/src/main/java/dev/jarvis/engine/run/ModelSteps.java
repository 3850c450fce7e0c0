package dev.jarvis.engine.run;

import dev.jarvis.engine.model.ModelListener;
import dev.jarvis.engine.model.ModelResult;
import dev.jarvis.engine.model.Stop;
import org.jdbi.v3.core.Handle;

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

    private final RunParts parts;
    private final RunRow run;
    private final Budget budget;
    private final Stop stop;
    private final RunJournal journal;
    private final List<StepRow> steps;

    ModelSteps(RunParts parts) {
        this.parts = parts;
        this.run = parts.run();
        this.budget = parts.budget();
        this.stop = parts.stop();
        this.journal = parts.journal();
        this.steps = parts.steps();
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
        if (unfinished.isPresent()) {
            journal.tell("step.restarted", Map.of("step", unfinished.get().number()));
        } else {
            countLateCosts();
            Optional<End> exhausted = budget.exhausted();
            if (exhausted.isPresent()) {
                return exhausted;
            }
        }
        StepRow step = unfinished.orElseGet(() -> begin(kind));
        ModelResult result = send(step.number(), body.get(), kind.equals("model"));
        return switch (result) {
            case ModelResult.Answered answer -> {
                answered(step, answer, also);
                yield Optional.empty();
            }
            case ModelResult.Refused refused ->
                Optional.of(failed(
                        step,
                        refused.code().equals("idempotency_outcome_unknown") ? "unknown" : "failed",
                        refused.code(),
                        refused.message(),
                        refused.requestId()));
            case ModelResult.Broken broken ->
                Optional.of(failed(step, "failed", broken.code(), broken.message(), broken.requestId()));
            case ModelResult.Stopped gone -> Optional.of(stoppedIn(step, gone));
        };
    }

    private StepRow begin(String kind) {
        StepRow step = StepRow.ofModel(run.id(), parts.nextNumber(), kind, run.modelId());
        journal.write(handle -> StepTable.insert(handle, step));
        parts.keep(step);
        budget.countStep();
        return step;
    }

    /** What was not recorded yet when its step ended counts as soon as it is, or {@code max_cost} would never hear of it. */
    private void countLateCosts() {
        steps.stream()
                .filter(step -> !step.kind().equals("tool") && step.awaitsRecord())
                .toList()
                .forEach(step -> parts.around()
                        .costs()
                        .find(run.userId(), String.valueOf(step.requestId()), step.startedAt())
                        .ifPresent(cost -> count(step, cost)));
    }

    /** Stored with what comes next; if the engine dies in between, it is looked up again. */
    private void count(StepRow step, Costs.Cost cost) {
        budget.countCost(cost.nano(), cost.currency());
        journal.writeNext(handle -> StepTable.cost(handle, run.id(), step.number(), cost.nano(), cost.currency()));
        parts.keep(step.costing(cost));
    }

    private ModelResult send(int number, byte[] body, boolean told) {
        ModelListener listener = told ? new Telling(number) : new ModelListener.Silent();
        String key = "run-" + run.id() + "-" + number;
        Instant patience = Instant.now().plus(IN_PROGRESS);
        for (int tries = 1; ; ) {
            ModelResult result = parts.around().models().call(parts.token(), key, body, listener, stop);
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

    /** Tells of an answer as it comes. */
    private final class Telling implements ModelListener {
        private final int number;
        private Optional<String> unsaid = Optional.empty();

        Telling(int number) {
            this.number = number;
        }

        @Override
        public void accepted(String requestId) {
            unsaid = Optional.of(requestId);
        }

        @Override
        public void text(String delta) {
            tell("text.delta", delta);
        }

        @Override
        public void reasoning(String delta) {
            tell("reasoning.delta", delta);
        }

        /** Under which request a step is paid is stored with its first words; where there are none, with its end. */
        private void tell(String type, String delta) {
            unsaid.ifPresent(
                    request -> journal.writeNext(handle -> StepTable.request(handle, run.id(), number, request)));
            unsaid = Optional.empty();
            journal.tellPiece(type, number, delta);
        }

        @Override
        public void pause() {
            journal.flushPieces();
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

    private void answered(StepRow step, ModelResult.Answered answer, AlsoWritten also) {
        int number = step.number();
        budget.countTokens(answer.inputTokens() + answer.outputTokens());
        StepTable.Finish finish = new StepTable.Finish(
                "done",
                Transcript.output(number, answer),
                null,
                null,
                answer.requestId(),
                answer.inputTokens(),
                answer.outputTokens());
        journal.writeIn(step.kind().equals("summary") ? run.conversationId() : null, handle -> {
            StepTable.finish(handle, run.id(), number, finish);
            RunTable.countStep(handle, run.id(), number, answer.inputTokens(), answer.outputTokens());
            also.write(handle, answer);
        });
        StepRow ended = step.ended(finish);
        parts.keep(ended);
        tellUsage(ended, answer);
    }

    /** The cost is waited for: the next step must know what this one cost, and it takes a moment only. */
    private void tellUsage(StepRow step, ModelResult.Answered answer) {
        int number = step.number();
        Optional<Costs.Cost> cost =
                parts.around().costs().await(run.userId(), answer.requestId(), step.startedAt(), FOR_RECORDS);
        cost.ifPresent(found -> count(step, found));
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("step", number);
        usage.put("request_id", answer.requestId());
        usage.put("input_tokens", answer.inputTokens());
        usage.put("output_tokens", answer.outputTokens());
        usage.put("cost", cost.map(found -> Views.decimal(found.nano())).orElse(null));
        usage.put("currency", cost.map(Costs.Cost::currency).orElse(null));
        usage.put("run_tokens", budget.tokens());
        journal.tell("usage", usage);
    }

    private End failed(StepRow step, String status, String code, String message, Optional<String> requestId) {
        unanswered(step, StepTable.Finish.failed(status, code, message, requestId.orElse(null)));
        return End.failed(code, message);
    }

    /**
     * A step without an answer ends its run, and both are stored in one transaction: an engine that found the step ended and
     * the run not would take the step for over, and ask anew under another key.
     */
    private void unanswered(StepRow step, StepTable.Finish finish) {
        journal.writeNext(handle -> StepTable.finish(handle, run.id(), step.number(), finish));
        parts.keep(step.ended(finish));
    }

    /** A step given up for its user is over; one given up because this engine stops is the next engine's to repeat. */
    private End stoppedIn(StepRow step, ModelResult.Stopped gone) {
        End end = End.asked(stop).orElseGet(End::handedOver);
        if (end.isOver()) {
            unanswered(
                    step,
                    StepTable.Finish.failed(
                            "failed",
                            end.code(),
                            end.message(),
                            gone.requestId().orElse(null)));
        }
        return end;
    }
}
