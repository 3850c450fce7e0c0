package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.money.Price;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a caller may ask for, by its {@code model_id}.
 *
 * @param type as the administrator wrote it, for example {@code 生文}
 * @param typeCode the same in English: text, image, audio, video, embedding, rerank
 * @param price empty when the model is not priced, which is not the same as free
 * @param maxTokens the most output tokens of one answer
 */
public record Model(
        String modelId,
        String name,
        String type,
        String typeCode,
        String description,
        boolean supportsVision,
        OptionalInt maxTokens,
        OptionalInt contextWindow,
        Optional<Price> price,
        Instant createdAt,
        Deployment deployment) {}
