package dev.jarvis.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Ends what a run is waiting for, from another thread. Threads are not interrupted for it: an interrupt in the middle of a
 * statement would cost a database connection.
 */
public final class Stop {
    private @Nullable Runnable ending;
    private volatile @Nullable String reason;

    /** Why it was asked to stop; {@code null}: it was not. */
    public @Nullable String reason() {
        return reason;
    }

    public boolean isAsked() {
        return reason != null;
    }

    /** The first reason stays. */
    public void ask(String why) {
        Runnable now;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            now = ending;
        }
        if (now != null) {
            now.run();
        }
    }

    /** @param how ends what is begun now; run at once if the stop was asked for already */
    public void onAsk(Runnable how) {
        boolean now;
        synchronized (this) {
            ending = how;
            now = reason != null;
        }
        if (now) {
            how.run();
        }
    }

    /** What was begun is over. */
    public synchronized void over() {
        ending = null;
    }
}
