package dev.jarvis.gateway.rate;

import dev.jarvis.platform.notice.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The limits as they are now. A notice makes one thread load them whole and swap them; while the database is away the last
 * ones hold, and loading is tried again.
 */
public final class LiveRateRules implements Supplier<RateRules>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRateRules.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Supplier<RateRules> loader;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;
    private volatile RateRules now = RateRules.EMPTY;
    private volatile boolean loaded;

    /** Starts loading at once, in the background. */
    public LiveRateRules(Supplier<RateRules> loader, Notices notices) {
        this.loader = loader;
        notices.subscribe("rate_limits", subject -> reload());
        notices.subscribe("models", subject -> reload());
        this.thread = Thread.ofVirtual().name("rate-rules").start(this::keepFresh);
    }

    /** Never blocks. */
    @Override
    public RateRules get() {
        return now;
    }

    /** Whether they were loaded at least once: a server that does not know its limits must not serve without them. */
    public boolean isLoaded() {
        return loaded;
    }

    private void reload() {
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
            LOG.atWarn().addKeyValue("reason", e.toString()).log("Rate limits could not be loaded; the last ones hold");
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
