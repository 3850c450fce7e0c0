package dev.jarvis.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Wakes those who watch runs of this engine. Events are told after they are stored, so who subscribes first and reads the
 * table then misses nothing. Runs of other engines are watched by reading the table now and then.
 */
final class EventHub {
    private static final int MOST_WAITING = 1_000;

    private final Map<UUID, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Set<UUID> here = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** One who watches a run. What does not fit is left out, and read from the table instead. */
    final class Watcher implements AutoCloseable {
        private final UUID run;
        private final LinkedBlockingQueue<List<Event>> told = new LinkedBlockingQueue<>(MOST_WAITING);
        private volatile boolean missed;

        private Watcher(UUID run) {
            this.run = run;
        }

        /** Waits for what is told. @return an empty list: nothing was, or not everything; look into the table */
        List<Event> next(long millis) throws InterruptedException {
            List<Event> events = told.poll(millis, TimeUnit.MILLISECONDS);
            if (missed) {
                missed = false;
                told.clear();
                return List.of();
            }
            return events == null ? List.of() : events;
        }

        boolean isClosed() {
            return closed;
        }

        private void tell(List<Event> events) {
            if (!told.offer(events)) {
                missed = true;
            }
        }

        @Override
        public void close() {
            watchers.computeIfPresent(run, (id, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    Watcher watch(UUID run) {
        Watcher watcher = new Watcher(run);
        watchers.compute(run, (id, all) -> {
            Set<Watcher> set = all == null ? ConcurrentHashMap.newKeySet() : all;
            set.add(watcher);
            return set;
        });
        return watcher;
    }

    /** This engine works on the run from now on, and tells of all that it stores. */
    void begin(UUID run) {
        here.add(run);
    }

    /** Whoever goes on with it may be another engine: watchers look for themselves again, at once. */
    void end(UUID run) {
        here.remove(run);
        tell(run, List.of());
    }

    boolean isHere(UUID run) {
        return here.contains(run);
    }

    void tell(UUID run, List<Event> events) {
        Set<Watcher> all = watchers.get(run);
        if (all != null) {
            all.forEach(watcher -> watcher.tell(events));
        }
    }

    /** Sends everybody home: the server stops. */
    void close() {
        closed = true;
        watchers.values().forEach(all -> all.forEach(watcher -> watcher.tell(List.of())));
    }
}
