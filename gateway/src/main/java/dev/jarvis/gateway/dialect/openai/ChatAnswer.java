package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.meter.Delivered;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the meter needs of a whole JSON answer.
 *
 * @param isJson whether the answer is JSON at all; if not, all the rest is empty
 * @param usage in disjoint classes, where it is reported and plausible
 * @param implausibleUsage usage was reported and cannot be true
 * @param isComplete at least one choice, and each has a finish reason
 */
public record ChatAnswer(
        boolean isJson,
        Optional<TokenUsage> usage,
        boolean implausibleUsage,
        boolean isComplete,
        Optional<String> servedModel,
        Optional<String> upstreamId,
        Delivered delivered,
        Optional<ProviderError> error) {

    public static ChatAnswer read(Slice json, int choices, OptionalLong maxTokens) {
        throw new UnsupportedOperationException();
    }
}
