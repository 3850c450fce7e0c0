package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/**
 * The model of an agent and its parameters: never a key or an address, which are the gateway's business.
 *
 * @param modelId as in {@code GET /api/v1/llm/models}; whether it exists and may be used is asked at each call
 */
public record ModelChoice(
        String modelId,
        @Nullable BigDecimal temperature,
        @Nullable BigDecimal topP,
        @Nullable Integer maxTokens,
        @Nullable BigDecimal presencePenalty,
        @Nullable BigDecimal frequencyPenalty,
        @Nullable Integer seed,
        @Nullable List<String> stop,
        @Nullable String reasoningEffort) {}
