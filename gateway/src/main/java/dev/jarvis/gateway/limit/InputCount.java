package dev.jarvis.gateway.limit;

import java.util.OptionalLong;

/** An upper bound of a request's input tokens that is nearer than {@link InputBound}, for when that one does not fit. */
@FunctionalInterface
public interface InputCount {
    /** There is no nearer one. */
    InputCount NONE = OptionalLong::empty;

    /** Blocking: it may take milliseconds. Empty where nothing nearer is known to hold. */
    OptionalLong high();
}
