package dev.jarvis.gateway.budget;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** What this node may spend of one window of one budget. Thread-safe. */
sealed interface Purse permits LeasedWindow, SoftWindow {
    /** At once or not at all: null when the database has to be asked, or the purse is closed. Never blocks. */
    @Nullable
    Hold tryHold(long amount);

    /**
     * Asks the database if need be, without blocking.
     *
     * @param then is called once, on any thread
     * @return false if the purse is closed and another one is to be used; {@code then} is not called
     */
    boolean hold(long amount, Consumer<HoldOutcome> then);

    /** Ends a hold. Never blocks. */
    void settle(Hold hold, long actual);

    /** What lies idle goes back now: somebody else has need of it. */
    void giveBack();

    /** The budget was changed: what lies idle goes back, and what was refused may be asked for again. */
    void changed();

    /**
     * Called once a second. Does not block.
     *
     * @param isOver the window has ended
     */
    void tidy(boolean isOver);

    boolean isClosed();
}
