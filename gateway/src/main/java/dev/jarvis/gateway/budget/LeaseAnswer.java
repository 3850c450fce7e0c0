package dev.jarvis.gateway.budget;

import java.util.List;

/**
 * @param amount that the lease has now, all in all
 * @param charged of it, by shipped records
 * @param granted for each need, whether the amount covers it
 * @param elsewhere what other leases of the window hold
 */
record LeaseAnswer(State state, long amount, long charged, List<Boolean> granted, long elsewhere) {
    /** Whether the lease still stands. */
    enum State {
        LIVE,
        /** It is over: what it held was given to others. */
        LOST,
        /** The budget was deleted. */
        GONE
    }

    LeaseAnswer {
        granted = List.copyOf(granted);
    }

    static LeaseAnswer of(State state) {
        return new LeaseAnswer(state, 0, 0, List.of(), 0);
    }
}
