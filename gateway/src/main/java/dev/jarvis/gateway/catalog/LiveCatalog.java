package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.notice.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The catalog as it is now. A notice makes one thread load it whole and swap it; while the database is away the last
 * one stays in use and loading is tried again, more slowly each time.
 */
public final class LiveCatalog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveCatalog.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Supplier<Catalog> loader;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;
    private volatile Catalog now = Catalog.EMPTY;
    private volatile boolean loaded;

    /** Starts loading at once, in the background. */
    public LiveCatalog(Supplier<Catalog> loader, Notices notices) {
        this.loader = loader;
        notices.subscribe("models", subject -> reload());
        notices.subscribe("vault", subject -> reload());
        this.thread = Thread.ofVirtual().name("catalog").start(this::keepFresh);
    }

    /** Never blocks. */
    public Catalog now() {
        return now;
    }

    /** Whether it was loaded at least once: part of readiness. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Asks for a fresh load; several requests during one load become one. */
    public void reload() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void keepFresh() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                if (load()) {
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

    private boolean load() {
        try {
            now = loader.get();
            loaded = true;
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("The catalog could not be loaded; the last one stays");
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
