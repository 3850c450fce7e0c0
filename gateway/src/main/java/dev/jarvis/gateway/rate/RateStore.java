package dev.jarvis.gateway.rate;

import io.vertx.core.Context;

import java.util.List;
import java.util.function.Consumer;

/** Where rates are counted. Thread-safe; never blocks. */
public interface RateStore {
    /**
     * Takes a request and its tokens from all limits, or from none. Calls {@code then} exactly once: at once, or later on
     * the same loop.
     *
     * @param claims not empty
     */
    void reserve(List<RateClaim> claims, long tokens, Context loop, Consumer<RateAnswer> then);
}
