package dev.jarvis.gateway.meter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A thread that does one job of the journal again and again: when woken, and otherwise after a pause. */
final class JournalThread implements AutoCloseable {
    /** Does the job once and says how long to pause. */
    interface Job {
        Duration run();
    }

    private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Thread thread;
    private volatile boolean stopped;

    private JournalThread(String name, Job job) {
        thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> loop(job));
    }

    static JournalThread start(String name, Job job) {
        JournalThread started = new JournalThread(name, job);
        started.thread.start();
        return started;
    }

    /** Ends the pause. Costs a system call if the thread sleeps. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Waits for the job in hand to end; interrupts it if that takes too long. */
    @Override
    public void close() {
        stopped = true;
        wake();
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(Job job) {
        while (!stopped) {
            Duration pause = runOnce(job);
            if (!stopped && pause.isPositive()) {
                LockSupport.parkNanos(this, pause.toNanos());
            }
        }
    }

    /** A fault nobody foresaw must not end the journal's work for good. */
    private Duration runOnce(Job job) {
        try {
            return job.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed and tries again", thread.getName(), e);
            return AFTER_FAULT;
        }
    }
}
