package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.attachment.AttachmentTable;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Works on runs: those that begin here, and those that nobody works on any more. All engines on a database share them: a run
 * belongs to whoever holds the lease on it, and an engine that dies lets its leases run out.
 */
final class RunWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int CLAIM_EVERY = 4;
    private static final int SWEEP_EVERY = 120;
    private static final int MOST_CLAIMED = 50;
    private static final int MOST_DEPTH = 3;

    private final Jdbi jdbi;
    private final Agents agents;
    private final EngineKey key;
    private final Duration lease;
    private final EventHub hub;
    private final Costs costs;
    private final Planner planner;
    private final RunLoop.Tools around;
    private final Semaphore places;
    private final UUID id = UUID.randomUUID();
    private final Map<UUID, Active> active = new ConcurrentHashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean closed;
    private volatile boolean open;
    private Thread watching = Thread.ofVirtual().unstarted(() -> {});

    /** A run that this engine holds. */
    private static final class Active {
        private final Stop stop = new Stop();
        private volatile long heldUntil;
        private volatile OptionalLong deadline = OptionalLong.empty();
        private volatile boolean leased;
    }

    RunWorker(
            Jdbi jdbi,
            Agents agents,
            EngineKey key,
            Duration lease,
            int most,
            EventHub hub,
            ModelClient models,
            Histories histories,
            Toolbox toolbox,
            Planner planner) {
        this.jdbi = jdbi;
        this.agents = agents;
        this.key = key;
        this.lease = lease;
        this.hub = hub;
        this.costs = new Costs(jdbi);
        this.planner = planner;
        this.places = new Semaphore(most);
        this.around =
                new RunLoop.Tools(jdbi, hub, models, costs, histories, new ToolRunner(toolbox), this::runBelow, id);
    }

    UUID id() {
        return id;
    }

    Duration lease() {
        return lease;
    }

    /** Begins to look for runs; called when the gateway can be reached. */
    void open() {
        open = true;
        watching = Thread.ofVirtual().name("engine-watch").start(this::watch);
    }

    // Runs of this engine

    /** Keeps a place for a run. @return false if there is none */
    boolean reserve(UUID run) {
        if (closed || !places.tryAcquire()) {
            return false;
        }
        Active mine = new Active();
        mine.heldUntil = System.nanoTime() + lease.toNanos();
        active.put(run, mine);
        hub.begin(run);
        return true;
    }

    void giveBack(UUID run) {
        if (active.remove(run) != null) {
            hub.end(run);
            places.release();
        }
    }

    /** Works on a run whose place was kept and whose lease is this engine's. */
    void start(UUID run) {
        Active mine = active.get(run);
        if (mine == null) {
            throw new IllegalStateException("no place was kept for the run");
        }
        mine.leased = true;
        Thread.ofVirtual().name("run-" + run).start(() -> work(run, mine));
    }

    private void work(UUID id, Active mine) {
        MDC.put("run_id", id.toString());
        try {
            RunRow run = jdbi.withHandle(handle -> RunTable.find(handle, id)).orElse(null);
            if (run != null) {
                work(run, mine);
            }
        } catch (LostLeaseException e) {
            LOG.atInfo().addKeyValue("run_id", id).log("A run was taken over by another engine");
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("run_id", id).setCause(e).log("A run failed");
            endByFault(id);
        } finally {
            giveBack(id);
            MDC.remove("run_id");
        }
    }

    private void work(RunRow run, Active mine) {
        if (run.cancelled()) {
            mine.stop.ask("cancelled");
        }
        Optional<Secret> token = Optional.ofNullable(run.credential()).flatMap(kept -> key.open(kept, run.id()));
        if (token.isEmpty()) {
            jdbi.useTransaction(handle -> {
                String message = "The run's credential cannot be opened by this engine. Send the message again.";
                tellEnd(handle, run.id(), "credential_lost", message);
                RunTable.endAbandoned(handle, run.id(), "credential_lost", message);
            });
            return;
        }
        RunTable.Begun begun = jdbi.inTransaction(
                handle -> RunTable.begin(handle, run.id(), run.plan().limits().maxSeconds()));
        mine.deadline = OptionalLong.of(begun.deadlineAt().toEpochMilli());
        Budget budget = jdbi.withHandle(handle -> new Budget(
                run.plan().limits(),
                begun.deadlineAt(),
                StepTable.spent(handle, run.id()),
                StepTable.costs(handle, run.id())));
        new RunLoop(around, run, token.get(), budget, mine.stop).go();
    }

    /** The database may be away, which is why it failed: then the lease runs out and somebody tries again. */
    private void endByFault(UUID run) {
        String message = "The engine failed. Its log has the reason under the run's id.";
        try {
            jdbi.useTransaction(handle -> {
                tellEnd(handle, run, "internal_error", message);
                RunTable.endAbandoned(handle, run, "internal_error", message);
            });
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("run_id", run)
                    .addKeyValue("reason", e.toString())
                    .log("A failed run stays open");
        }
    }

    private End runBelow(
            RunRow parent, UUID child, PlannedTool tool, ObjectNode arguments, Secret token, Budget budget, Stop stop) {
        if (parent.plan().depth() >= MOST_DEPTH) {
            return End.failed("agents_too_deep", "Agents call one another " + MOST_DEPTH + " deep at most.");
        }
        Optional<RunRow> begun = jdbi.withHandle(handle -> RunTable.find(handle, child));
        if (begun.isPresent() && begun.get().isOver()) {
            return ofEnded(begun.get());
        }
        RunRow run = begun.orElseGet(() -> insertBelow(parent, child, tool, arguments));
        return new RunLoop(around, run, token, budget, stop).go();
    }

    private End ofEnded(RunRow run) {
        if (run.status().equals("done")) {
            List<StepRow> steps = jdbi.withHandle(handle -> StepTable.list(handle, run.id()));
            return End.done(Transcript.lastAnswer(steps).map(Transcript::text).orElse(""));
        }
        return End.failed(String.valueOf(run.endCode()), String.valueOf(run.endMessage()));
    }

    private RunRow insertBelow(RunRow parent, UUID child, PlannedTool tool, ObjectNode arguments) {
        // Whether the user may use the agent was asked when the parent's plan was made.
        Identity user = new Identity(
                parent.userId(),
                "",
                Role.USER,
                Identity.DEFAULT_TEAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX);
        Agent agent = agents.findForRun(Optional.ofNullable(tool.agentId()).orElseThrow())
                .orElseThrow(() -> new IllegalStateException("the agent was deleted meanwhile"));
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("role", "user")
                .put("content", arguments.path("task").asString(""));
        Plan plan = planner.plan(
                agent,
                user,
                Map.of(),
                Past.of(List.of(message)),
                Optional.empty(),
                parent.plan().limits(),
                parent.plan().depth() + 1);
        return jdbi.inTransaction(handle -> {
            RunTable.insert(
                    handle,
                    new RunTable.New(
                            child,
                            parent.userId(),
                            null,
                            null,
                            parent.id(),
                            parent.rootRunId(),
                            agent.id(),
                            agent.version(),
                            agent.config().name(),
                            plan,
                            null,
                            key.id(),
                            parent.expiresAt()),
                    null,
                    lease);
            RunTable.begin(handle, child, plan.limits().maxSeconds());
            return RunTable.find(handle, child).orElseThrow();
        });
    }

    // What others do with a run

    /** Ends what a run is doing, if it is this engine's. Others see it in the table. */
    void cancel(UUID run) {
        Active mine = active.get(run);
        if (mine != null) {
            mine.stop.ask("cancelled");
        }
    }

    /** There is something to be claimed. */
    void look() {
        woken.release();
    }

    /** Tells the end of a run that nobody works on. */
    void tellEnd(Handle handle, UUID run, String code, String message) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("answer_id", null);
        data.put("code", code);
        data.put("message", message);
        tell(handle, run, "run.failed", data);
    }

    void tellDecision(Handle handle, UUID run, String callId, boolean approved) {
        tell(handle, run, "approval.decided", Map.of("call_id", callId, "approved", approved));
    }

    private void tell(Handle handle, UUID run, String type, Map<String, ?> data) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", type);
        all.put("run_id", run);
        all.put("at", Instant.now().toString());
        all.putAll(data);
        Event event = new Event(EventTable.last(handle, run) + 1, type, Json.MAPPER.writeValueAsString(all));
        EventTable.insert(handle, run, List.of(event));
        handle.afterCommit(() -> hub.tell(run, List.of(event)));
    }

    // The watch

    private void watch() {
        for (long round = 0; !closed; round++) {
            try {
                watchActive();
                if (round % CLAIM_EVERY == 0 || woken.drainPermits() > 0) {
                    claim();
                }
                if (round % SWEEP_EVERY == SWEEP_EVERY - 1) {
                    sweep();
                }
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("reason", e.toString()).log("Runs could not be looked after");
            }
            try {
                if (woken.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                    woken.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void watchActive() {
        if (active.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        long millis = System.currentTimeMillis();
        active.forEach((run, mine) -> {
            if (mine.deadline.isPresent() && millis >= mine.deadline.getAsLong()) {
                mine.stop.ask("deadline");
            }
            if (now > mine.heldUntil) {
                mine.stop.ask("lease lost");
            }
        });
        List<UUID> due = active.entrySet().stream()
                .filter(entry -> entry.getValue().leased && entry.getValue().heldUntil - now < lease.toNanos() * 2 / 3)
                .map(Map.Entry::getKey)
                .toList();
        jdbi.useHandle(handle -> {
            if (!due.isEmpty()) {
                Set<UUID> held = Set.copyOf(RunTable.renew(handle, id, due, lease));
                for (UUID run : due) {
                    Active mine = active.get(run);
                    if (mine != null && held.contains(run)) {
                        mine.heldUntil = now + lease.toNanos();
                    }
                }
            }
            RunTable.cancelled(handle, id).forEach(this::cancel);
        });
    }

    private void claim() {
        int free = Math.min(places.availablePermits(), MOST_CLAIMED);
        if (free == 0) {
            return;
        }
        List<UUID> claimed = jdbi.inTransaction(handle -> RunTable.claim(handle, id, key.id(), lease, free));
        for (UUID run : claimed) {
            if (reserve(run)) {
                start(run);
            } else {
                jdbi.useHandle(handle -> RunTable.release(handle, run, id, "queued"));
            }
        }
    }

    private void sweep() {
        for (UUID run : jdbi.withHandle(RunTable::abandoned)) {
            String message =
                    "The run was left alone for too long, and may no longer act for its user. Send the message again.";
            jdbi.useTransaction(handle -> {
                tellEnd(handle, run, "run_abandoned", message);
                RunTable.endAbandoned(handle, run, "run_abandoned", message);
            });
        }
        for (StepRow step : jdbi.withHandle(StepTable::uncosted)) {
            jdbi.useHandle(handle -> RunTable.find(handle, step.runId())
                    .flatMap(run -> costs.find(run.userId(), String.valueOf(step.requestId()), step.startedAt()))
                    .ifPresent(
                            cost -> StepTable.cost(handle, step.runId(), step.number(), cost.nano(), cost.currency())));
        }
        jdbi.useHandle(EventTable::forgetOld);
        jdbi.useHandle(AttachmentTable::forgetUnused);
    }

    /** Runs of this engine stop at their next step and are left to others. */
    @Override
    public void close() {
        closed = true;
        active.values().forEach(mine -> mine.stop.ask("stopping"));
        woken.release();
        Instant end = Instant.now().plusSeconds(5);
        try {
            while (!active.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            if (open) {
                watching.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
