package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.chat.TokenUsage;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came back of a test call.
 *
 * @param status of the provider's answer, if there was one
 * @param model that the provider says it used
 * @param answer the generated text
 * @param keyHint last four characters of the provider key that was used
 */
public record ProbeResult(
        boolean ok,
        OptionalInt status,
        long latencyMillis,
        Optional<String> model,
        Optional<String> answer,
        Optional<TokenUsage> usage,
        Optional<String> keyHint,
        Optional<Fault> fault) {

    /** @param code stable, as a caller would get it */
    public record Fault(String code, String message) {}
}
