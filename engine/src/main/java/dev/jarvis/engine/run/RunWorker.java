package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.postgres.DatabaseFaults;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

    private final Jdbi jdbi;
    private final EngineKey key;
    private final Duration lease;
    private final RunLoop.Tools around;
    private final RunsBelow below;
    private final Announcements announcements;
    private final Sweep sweep;
    private final HeldRuns held;
    private final UUID id = UUID.randomUUID();
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean closed;
    private volatile boolean open;
    private Thread watching = Thread.ofVirtual().unstarted(() -> {});

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
        this.key = key;
        this.lease = lease;
        Costs costs = new Costs(jdbi);
        this.announcements = new Announcements(jdbi, hub);
        this.sweep = new Sweep(jdbi, costs, announcements, toolbox);
        this.held = new HeldRuns(jdbi, hub, id, lease, most);
        this.below = new RunsBelow(jdbi, agents, planner, key.id(), lease, id);
        this.around = new RunLoop.Tools(
                jdbi, hub, models, costs, histories, new ToolRunner(toolbox), this::runBelow, id, lease);
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
        return !closed && held.reserve(run);
    }

    void giveBack(UUID run) {
        held.giveBack(run);
    }

    /** Works on a run whose place was kept and whose lease is this engine's. */
    void start(UUID run) {
        HeldRuns.Held mine = held.leased(run);
        Thread.ofVirtual().name("run-" + run).start(() -> work(run, mine));
    }

    private void work(UUID id, HeldRuns.Held mine) {
        MDC.put("run_id", id.toString());
        try {
            RunRow run = jdbi.withHandle(handle -> RunTable.find(handle, id)).orElse(null);
            if (run != null) {
                work(run, mine);
            }
        } catch (LostLeaseException e) {
            LOG.atInfo().addKeyValue("run_id", id).log("A run was taken over by another engine");
        } catch (RuntimeException e) {
            if (DatabaseFaults.isAway(e)) {
                LOG.atWarn()
                        .addKeyValue("run_id", id)
                        .addKeyValue("reason", e.toString())
                        .log("The database is away; a run waits for its lease to end");
            } else {
                LOG.atError().addKeyValue("run_id", id).setCause(e).log("A run failed");
                endByFault(id);
            }
        } finally {
            giveBack(id);
            MDC.remove("run_id");
        }
    }

    private void work(RunRow run, HeldRuns.Held mine) {
        if (run.cancelled()) {
            mine.stop().ask("cancelled");
        }
        Optional<Secret> token = Optional.ofNullable(run.credential()).flatMap(kept -> key.open(kept, run.id()));
        if (token.isEmpty()) {
            announcements.fail(
                    new Lease(run.id(), id),
                    "credential_lost",
                    "The run's credential cannot be opened by this engine. Send the message again.");
            return;
        }
        RunTable.Begun begun = jdbi.inTransaction(handle -> {
            new Lease(run.id(), id).hold(handle);
            return RunTable.begin(handle, run.id(), run.plan().limits().maxSeconds());
        });
        mine.endBy(begun.deadlineAt().toEpochMilli());
        Budget budget = jdbi.withHandle(handle -> new Budget(
                run.plan().limits(),
                begun.deadlineAt(),
                StepTable.spent(handle, run.id()),
                StepTable.costs(handle, run.id())));
        new RunLoop(around, run, token.get(), budget, mine.stop()).go();
    }

    /** The database may be away, which is why it failed: then the lease runs out and somebody tries again. Or somebody has. */
    private void endByFault(UUID run) {
        try {
            announcements.fail(
                    new Lease(run, id),
                    "internal_error",
                    "The engine failed. Its log has the reason under the run's id.");
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("run_id", run)
                    .addKeyValue("reason", e.toString())
                    .log("A failed run stays open");
        }
    }

    private End runBelow(
            RunRow parent, UUID child, PlannedTool tool, ObjectNode arguments, Secret token, Budget budget, Stop stop) {
        return below.end(parent, child).orElseGet(() -> {
            RunRow run = below.take(parent, child, tool, arguments);
            return new RunLoop(around, run, token, budget, stop).go();
        });
    }

    // What others do with a run

    /** Ends what a run is doing, if it is this engine's. Others see it in the table. */
    void cancel(UUID run) {
        held.cancel(run);
    }

    /** There is something to be claimed. */
    void look() {
        woken.release();
    }

    Announcements announcements() {
        return announcements;
    }

    // The watch

    private void watch() {
        for (long round = 0; !closed; round++) {
            try {
                held.watch();
                if (round % CLAIM_EVERY == 0 || woken.drainPermits() > 0) {
                    claim();
                }
                if (round % SWEEP_EVERY == SWEEP_EVERY - 1) {
                    sweep.run();
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

    private void claim() {
        int free = Math.min(held.free(), MOST_CLAIMED);
        if (free == 0) {
            return;
        }
        List<UUID> claimed =
                jdbi.inTransaction(handle -> RunTable.claim(handle, id, key.id(), lease, free, held.ids()));
        for (UUID run : claimed) {
            if (reserve(run)) {
                start(run);
            } else {
                jdbi.useHandle(handle -> RunTable.release(handle, run, id, "queued"));
            }
        }
    }

    /** Runs of this engine stop at their next step and are left to others. */
    @Override
    public void close() {
        closed = true;
        held.stopAll("stopping");
        woken.release();
        Instant end = Instant.now().plusSeconds(5);
        try {
            while (!held.isEmpty() && Instant.now().isBefore(end)) {
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
