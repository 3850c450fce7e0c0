package dev.jarvis.gateway.budget;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The requests that wait for a lease to grow, first come, first served; the first of them are what the database is being asked
 * for. Guarded by its window's lock. What there is to tell is collected, and told when the lock is let go.
 */
final class WaitingLine {
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST_AT_ONCE = 500;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final List<Waiting> asked = new ArrayList<>();

    /** Whether nobody waits but those who are asked for. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Waiting one) {
        waiting.add(one);
    }

    /** Serves as many as fit, up to the first that does not. */
    void serve(LongPredicate fits, Consumer<Waiting> served) {
        while (!waiting.isEmpty() && fits.test(waiting.peek().amount())) {
            served.accept(waiting.poll());
        }
    }

    /** Those who are asked for from now on: their amounts, in their order. */
    List<Long> ask() {
        asked.clear();
        while (!waiting.isEmpty() && asked.size() < MOST_AT_ONCE) {
            asked.add(waiting.poll());
        }
        return asked.stream().map(Waiting::amount).toList();
    }

    /**
     * Nobody is asked for any more; those who were granted something are served.
     *
     * @param granted in the order of {@link #ask}
     * @return the others
     */
    List<Waiting> answered(List<Boolean> granted, Consumer<Waiting> served) {
        List<Waiting> refused = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (granted.get(i)) {
                served.accept(asked.get(i));
            } else {
                refused.add(asked.get(i));
            }
        }
        asked.clear();
        return refused;
    }

    /** Nobody is asked for any more: those who were. */
    List<Waiting> unanswered() {
        List<Waiting> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    /** They were first, and are first again. */
    void putBack(List<Waiting> ones) {
        for (int i = ones.size() - 1; i >= 0; i--) {
            waiting.addFirst(ones.get(i));
        }
    }

    /** Nobody waits for long for a database that says nothing. */
    void giveUp(long now, List<Runnable> news) {
        asked.stream().filter(one -> hasWaitedLong(one, now)).forEach(one -> tell(one, unavailable(), news));
        Iterator<Waiting> all = waiting.iterator();
        while (all.hasNext()) {
            Waiting one = all.next();
            if (hasWaitedLong(one, now)) {
                all.remove();
                tell(one, unavailable(), news);
            }
        }
    }

    private static boolean hasWaitedLong(Waiting one, long now) {
        return now - one.since() > LONGEST_WAIT_NANOS;
    }

    /** The database cannot be asked. */
    void giveUp(List<Runnable> news) {
        asked.forEach(one -> tell(one, unavailable(), news));
        waiting.forEach(one -> tell(one, unavailable(), news));
        asked.clear();
        waiting.clear();
    }

    private static HoldOutcome unavailable() {
        return new HoldOutcome.Unavailable();
    }

    /** Unless they were told before. */
    static void tell(Waiting one, HoldOutcome outcome, List<Runnable> news) {
        if (one.claim()) {
            news.add(() -> one.tell(outcome));
        }
    }
}
