package dev.jarvis.platform.notice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What the database says, in memory. A notice makes one thread load it whole and swap it; while the database is away what was
 * loaded last holds, and loading is tried again. Thread-safe.
 */
public final class Live<T> implements Supplier<T>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<T> loader;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;
    private volatile T now;
    private volatile boolean loaded;

    /**
     * Starts loading at once, in the background.
     *
     * @param name for the log, in plural
     * @param first what holds until it is loaded
     * @param topics of the notices after which it is loaded again
     */
    public Live(String name, T first, Supplier<T> loader, Notices notices, List<String> topics) {
        this.name = name;
        this.now = first;
        this.loader = loader;
        topics.forEach(topic -> notices.subscribe(topic, subject -> reload()));
        this.thread = Thread.ofVirtual().name(name.replace(' ', '-')).start(this::keepFresh);
    }

    /** Never blocks. */
    @Override
    public T get() {
        return now;
    }

    /** Whether it was loaded at least once. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Asks for a fresh one, as a notice would. */
    public void reload() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void keepFresh() {
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                if (!load()) {
                    Thread.sleep(PAUSE);
                    reload();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean load() {
        try {
            now = loader.get();
            loaded = true;
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.toString())
                    .log("The {} could not be loaded; the last ones hold", name);
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
