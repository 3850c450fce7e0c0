package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.chat.TokenUsage;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an attempt ended and what it used.
 *
 * @param httpStatus of the provider's answer
 * @param errorCode our stable code, when it failed
 * @param reported the provider's terminal usage, when it reached us
 * @param lastOfRequest no further attempt follows: the request is counted with this one
 * @param firstContentMillis from sending to the first content
 * @param upstreamRequestId the provider's own id of the call
 * @param served what the provider says it served
 */
public record Settlement(
        Outcome outcome,
        OptionalInt httpStatus,
        Optional<String> errorCode,
        Optional<TokenUsage> reported,
        Delivered delivered,
        boolean lastOfRequest,
        OptionalInt firstContentMillis,
        long responseBytes,
        Optional<String> upstreamRequestId,
        Served served) {}
