package dev.jarvis.gateway.limit;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** What is set aside for one request. Belongs to the request's event loop; not thread-safe. */
public interface Reservation {
    /** Nothing is limited, nothing is set aside. */
    Reservation NONE = new Reservation() {};

    /**
     * The most output tokens of one answer that were reserved, to be written into a request that names none; empty: the
     * request goes as it is.
     */
    default OptionalLong outputCap() {
        return OptionalLong.empty();
    }

    /** What each attempt's record is charged to; written with its OPEN, so that it is charged whoever settles it. */
    default List<BudgetClaim> claims() {
        return List.of();
    }

    /** Tells of headers of every answer to this request: lower-case names, and values. */
    default void headers(BiConsumer<CharSequence, CharSequence> to) {}

    /** One attempt was settled. Called for each attempt of the request, before {@link #end}. */
    default void spent(Spent spent) {}

    /** The request is over: what it did not use is free again. Called exactly once. */
    default void end() {}
}
