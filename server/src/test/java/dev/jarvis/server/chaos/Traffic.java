package dev.jarvis.server.chaos;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that each read one stream after the other, as long as they are let. */
final class Traffic {
    /** What a client waits after an answer that was none. */
    private static final Duration AFTER_FAILURE = Duration.ofMillis(25);

    private final List<Thread> threads;
    private volatile boolean stopped;

    private Traffic(int count, Runnable stream) {
        threads = IntStream.range(0, count)
                .mapToObj(client -> Thread.ofVirtual().unstarted(() -> {
                    while (!stopped) {
                        stream.run();
                    }
                }))
                .toList();
    }

    /**
     * @param base asked before each stream; may wait until there is one
     * @param prompt of each stream, from random numbers
     */
    static Traffic begin(
            StreamingClients clients,
            Supplier<URI> base,
            String key,
            String model,
            int count,
            Random random,
            Function<Random, String> prompt) {
        Random choices = new Random(random.nextLong());
        Traffic traffic = new Traffic(count, () -> {
            Transcript transcript = clients.begin(base.get(), key, model, prompt.apply(choices));
            transcript.awaitEnd();
            if (!transcript.sawDone()) {
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        });
        traffic.threads.forEach(Thread::start);
        return traffic;
    }

    /** No more streams; returns when those under way have ended. */
    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
