package dev.jarvis.platform.notice;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Loads something whenever it is asked to, or also from time to time, on a thread of its own, one load after the other: several
 * requests during one load become one. A load that fails is tried again, more slowly each time. Thread-safe.
 */
public final class Reloader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration ONLY_WHEN_ASKED = Duration.ofDays(365);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Runnable load;
    private final Duration period;
    private final Semaphore wanted = new Semaphore(1);
    private volatile @Nullable Thread thread;

    /**
     * Loads nothing before it is started.
     *
     * @param name of what is loaded, for the log, in plural
     * @param load throws what says that it failed; what was loaded before is to hold then
     */
    public Reloader(String name, Runnable load) {
        this(name, load, ONLY_WHEN_ASKED);
    }

    /** @param period after which it loads without being asked */
    public Reloader(String name, Runnable load, Duration period) {
        this.name = name;
        this.load = load;
        this.period = period;
    }

    /** Loads at once, in the background, and from then on after each request. */
    public void start() {
        thread = Thread.ofVirtual().name("load-" + name.replace(' ', '-')).start(this::keepFresh);
    }

    /** Asks for a load. Never blocks. */
    public void reload() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void keepFresh() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                if (wanted.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
                if (hasLoaded(pause.equals(FIRST_PAUSE))) {
                    pause = FIRST_PAUSE;
                } else {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param isNews whether the load before did not fail: a database that is away is said to be so once */
    private boolean hasLoaded(boolean isNews) {
        try {
            load.run();
            return true;
        } catch (RuntimeException e) {
            LOG.atLevel(isNews ? Level.WARN : Level.DEBUG)
                    .addKeyValue("reason", e.toString())
                    .log("The {} could not be loaded; the last ones hold", name);
            return false;
        }
    }

    /** Waits for a load that is under way, unless it takes long. */
    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
