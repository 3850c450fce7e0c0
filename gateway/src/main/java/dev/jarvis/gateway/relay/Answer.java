package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.body.Withheld;
import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.meter.Delivered;
import dev.jarvis.gateway.meter.Served;
import dev.jarvis.gateway.upstream.UpstreamFailure;

import java.util.Optional;

/** A provider's answer as it comes in, by what it is. */
sealed interface Answer permits StreamAnswer, WholeAnswer, ErrorAnswer, MislabelledAnswer {
    void data(Slice part);

    void ended();

    void failed(UpstreamFailure failure);

    /** Looks whether something that was waited for is overdue. */
    default void tick(long now) {}

    /** What of it can no longer be taken back, for an estimate: nothing, unless it is one that clients get. */
    default Delivered delivered() {
        return Delivered.NOTHING;
    }

    /** What of it no client got, where bodies are kept. */
    default Withheld withheld() {
        return Withheld.NOTHING;
    }

    default Optional<TokenUsage> usage() {
        return Optional.empty();
    }

    default Served served() {
        return Served.NOTHING_SAID;
    }

    /** Whether it reported usage that cannot be true: not believed, and worth an operator's look. */
    default boolean sawImplausibleUsage() {
        return false;
    }

    /** How many of its events were no JSON. */
    default long malformedEvents() {
        return 0;
    }
}
