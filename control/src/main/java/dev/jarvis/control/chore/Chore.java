package dev.jarvis.control.chore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Work that nobody waits for: done now and every ten minutes, on a thread of its own. What fails is done later. Every server
 * has it; that only one at a time does it, or that doing it twice is the same, is the work's own business.
 */
public final class Chore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chore.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Runnable work;
    private final String late;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Chore(String name, Runnable work, String late) {
        this.work = work;
        this.late = late;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** @param late what the log says where the work failed: what will be later, and why that may be */
    public static Chore start(String name, Runnable work, String late) {
        Chore chore = new Chore(name, work, late);
        chore.thread.start();
        return chore;
    }

    private void run() {
        try {
            do {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn(late, e);
                }
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for work that is being done. */
    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        thread.join(PATIENCE);
    }
}
