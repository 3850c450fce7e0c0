package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.money.Price;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a caller may ask for, by its {@code model_id}.
 *
 * @param type as the administrator wrote it, for example {@code 生文}
 * @param typeCode the same in English: text, image, audio, video, embedding, rerank
 * @param price empty when the model is not priced, which is not the same as free
 * @param upcoming prices that are not in force yet, in the order in which they will be
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
        List<ScheduledPrice> upcoming,
        Instant createdAt,
        Deployment deployment) {

    public Model {
        upcoming = List.copyOf(upcoming);
    }

    /** A model whose price stays as it is. */
    public Model(
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
            Deployment deployment) {
        this(
                modelId,
                name,
                type,
                typeCode,
                description,
                supportsVision,
                maxTokens,
                contextWindow,
                price,
                List.of(),
                createdAt,
                deployment);
    }

    /** The model with the price that is in force at a time after it was loaded. */
    Model at(Instant time) {
        Optional<Price> inForce = price;
        for (ScheduledPrice scheduled : upcoming) {
            if (scheduled.from().isAfter(time)) {
                break;
            }
            inForce = scheduled.price();
        }
        return inForce.equals(price)
                ? this
                : new Model(
                        modelId,
                        name,
                        type,
                        typeCode,
                        description,
                        supportsVision,
                        maxTokens,
                        contextWindow,
                        inForce,
                        upcoming,
                        createdAt,
                        deployment);
    }
}
