package dev.jarvis.gateway.limit;

import io.vertx.core.Context;

import java.util.List;
import java.util.function.Consumer;

/** Sets aside what a request may take. Thread-safe; called on event loops and never blocks them. */
public interface Limits {
    /** Nothing is limited. */
    Limits NONE = (demand, loop, then) -> then.accept(new Decision.Reserved(Reservation.NONE));

    /** Calls {@code then} exactly once with the decision: at once, or later on the same loop. */
    void reserve(Demand demand, Context loop, Consumer<Decision> then);

    /** Whether the limits are known: until then everything is refused. */
    default boolean isLoaded() {
        return true;
    }

    /** Each in turn, all or nothing: what the earlier ones set aside is given back when a later one refuses. */
    static Limits all(List<Limits> limits) {
        return limits.isEmpty() ? NONE : new AllLimits(limits);
    }
}
