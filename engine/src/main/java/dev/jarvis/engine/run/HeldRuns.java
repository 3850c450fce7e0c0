package dev.jarvis.engine.run;

import dev.jarvis.engine.model.Stop;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The runs that this engine works on: a place for each, the lease by which it holds them, and how they are told to stop. */
final class HeldRuns {
    private final Jdbi jdbi;
    private final EventHub hub;
    private final UUID engine;
    private final Duration lease;
    private final Semaphore places;
    private final Map<UUID, Held> runs = new ConcurrentHashMap<>();

    /** One of them. */
    static final class Held {
        private final Stop stop = new Stop();
        private volatile long until;
        private volatile OptionalLong deadline = OptionalLong.empty();
        private volatile boolean leased;

        Stop stop() {
            return stop;
        }

        void endBy(long epochMillis) {
            deadline = OptionalLong.of(epochMillis);
        }
    }

    /** @param most at a time */
    HeldRuns(Jdbi jdbi, EventHub hub, UUID engine, Duration lease, int most) {
        this.jdbi = jdbi;
        this.hub = hub;
        this.engine = engine;
        this.lease = lease;
        this.places = new Semaphore(most);
    }

    int free() {
        return places.availablePermits();
    }

    List<UUID> ids() {
        return List.copyOf(runs.keySet());
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Keeps a place for a run. @return false if there is none, or the run has one: nobody works on it twice at a time */
    boolean reserve(UUID run) {
        if (!places.tryAcquire()) {
            return false;
        }
        Held held = new Held();
        held.until = System.nanoTime() + lease.toNanos();
        if (runs.putIfAbsent(run, held) != null) {
            places.release();
            return false;
        }
        hub.begin(run);
        return true;
    }

    void giveBack(UUID run) {
        if (runs.remove(run) != null) {
            hub.end(run);
            places.release();
        }
    }

    /** From now on its lease is this engine's, and is renewed. */
    Held leased(UUID run) {
        Held held = runs.get(run);
        if (held == null) {
            throw new IllegalStateException("no place was kept for the run");
        }
        held.leased = true;
        return held;
    }

    void cancel(UUID run) {
        Held held = runs.get(run);
        if (held != null) {
            held.stop.ask("cancelled");
        }
    }

    void stopAll(String why) {
        runs.values().forEach(held -> held.stop.ask(why));
    }

    /** Renews leases that are a third over, and stops what is cancelled, out of time or another engine's by now. */
    void watch() {
        if (runs.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        long millis = System.currentTimeMillis();
        runs.forEach((run, held) -> {
            if (held.deadline.isPresent() && millis >= held.deadline.getAsLong()) {
                held.stop.ask("deadline");
            }
            if (now > held.until) {
                held.stop.ask("lease lost");
            }
        });
        List<UUID> due = runs.entrySet().stream()
                .filter(entry -> entry.getValue().leased && entry.getValue().until - now < lease.toNanos() * 2 / 3)
                .map(Map.Entry::getKey)
                .toList();
        jdbi.useHandle(handle -> {
            if (!due.isEmpty()) {
                Set<UUID> renewed = Set.copyOf(RunTable.renew(handle, engine, due, lease));
                for (UUID run : due) {
                    Held held = runs.get(run);
                    if (held != null && renewed.contains(run)) {
                        held.until = now + lease.toNanos();
                    }
                }
            }
            RunTable.cancelled(handle, engine).forEach(this::cancel);
        });
    }
}
