package dev.jarvis.gateway.limit;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.platform.identity.Identity;

import java.util.OptionalLong;

/**
 * What a request asks for, before anything of it is sent.
 *
 * @param requestBytes of the body as it goes upstream
 * @param outputCap the most output tokens of one answer that the request itself names; empty: it names none
 * @param choices how many answers are asked for, at least 1
 * @param count the input counted more nearly, where that may be needed
 */
public record Demand(
        Identity caller, Model model, long requestBytes, OptionalLong outputCap, int choices, InputCount count) {

    public Demand(Identity caller, Model model, long requestBytes, OptionalLong outputCap, int choices) {
        this(caller, model, requestBytes, outputCap, choices, InputCount.NONE);
    }

    /** The most input tokens that the request can have, see {@link InputBound}. */
    public long inputHigh() {
        return InputBound.of(requestBytes, model);
    }
}
