package dev.jarvis.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits for what a test expects to happen, by looking often at first and seldomer the longer it takes: a look may cost a
 * request or a connection to the database. A deadline ends a wait that would never end.
 */
public final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    /** A pause is so much of the time that passed. */
    private static final int PART = 8;

    private Await() {}

    /** @throws AssertionError if the condition does not hold within 15 seconds */
    public static void until(String what, Callable<Boolean> condition) {
        value(what, DEADLINE, condition, holds -> holds);
    }

    /** @throws AssertionError if the condition does not hold within the deadline */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        value(what, deadline, condition, holds -> holds);
    }

    /**
     * The first value that is as wanted.
     *
     * @throws AssertionError if none is within 15 seconds; names the last one seen, or what was thrown last
     */
    public static <T> T value(String what, Callable<T> source, Predicate<T> wanted) {
        return value(what, DEADLINE, source, wanted);
    }

    /** As {@link #value(String, Callable, Predicate)}, with a deadline of its own. */
    public static <T> T value(String what, Duration deadline, Callable<T> source, Predicate<T> wanted) {
        long begin = System.nanoTime();
        Object last = "nothing";
        Throwable thrown = null;
        while (true) {
            try {
                T seen = source.call();
                if (wanted.test(seen)) {
                    return seen;
                }
                last = String.valueOf(seen);
                thrown = null;
            } catch (Exception | AssertionError e) {
                thrown = e;
            }
            long passed = System.nanoTime() - begin;
            if (passed > deadline.toNanos()) {
                throw new AssertionError(
                        "waited " + deadline.toSeconds() + " s in vain for: " + what + "; last seen: "
                                + (thrown == null ? last : thrown),
                        thrown);
            }
            LockSupport.parkNanos(Math.clamp(passed / PART, SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos()));
        }
    }
}
