package dev.jarvis.benchmarks.contender;

import dev.jarvis.benchmarks.load.Aim;
import dev.jarvis.benchmarks.measure.ProcessTree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.OptionalLong;

/** Something between the load generator and the mock upstream. Closing it ends its processes. */
public interface Target extends AutoCloseable {

    /** Its name in options and tables. */
    String name();

    /** Which version answered, as it says itself. */
    String version();

    /** Where to send requests that are to reach the upstream over TLS or without. */
    Aim aim(boolean tlsUpstream);

    /** Whether it can reach the upstream this way; what it cannot do is left out. */
    default boolean reaches(boolean tlsUpstream) {
        return true;
    }

    /** The processes that do the work; none when the upstream is asked directly. */
    @Nullable
    ProcessTree processes();

    /** Its database, counted apart; none for most. */
    default @Nullable ProcessTree database() {
        return null;
    }

    /** How many requests it sent upstream by its own books, if it keeps any. */
    default OptionalLong counted() throws IOException, InterruptedException {
        return OptionalLong.empty();
    }

    /** Whether it must run for a while before its code is compiled. */
    default boolean warmsUp() {
        return false;
    }

    @Override
    void close();
}
