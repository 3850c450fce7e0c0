package dev.jarvis.gateway.budget;

import java.util.function.Consumer;

/** A request that waits for the database's word. Guarded by its purse's lock, but for telling. */
final class Waiting {
    private final long amount;
    private final long since;
    private final Consumer<HoldOutcome> then;
    private boolean told;

    Waiting(long amount, long since, Consumer<HoldOutcome> then) {
        this.amount = amount;
        this.since = since;
        this.then = then;
    }

    long amount() {
        return amount;
    }

    long since() {
        return since;
    }

    /** Whether it is the caller who has to tell it: false if it was told before. */
    boolean claim() {
        boolean first = !told;
        told = true;
        return first;
    }

    void tell(HoldOutcome outcome) {
        then.accept(outcome);
    }
}
