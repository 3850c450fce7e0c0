package dev.jarvis.control.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an administrator sets of a model, besides its keys.
 *
 * @param modelId what a caller writes in {@code model}
 * @param type as written; {@code typeCode} is the same in English
 * @param status enabled; disabled: valid but switched off; inactive: invalid
 * @param baseUrl without a trailing slash
 * @param upstreamModel the provider's own name of the model, where it differs
 * @param maxTokens the most output tokens of one answer
 */
record ModelSettings(
        String name,
        String modelId,
        String provider,
        String type,
        String typeCode,
        String description,
        String status,
        String baseUrl,
        String authType,
        String keyUsageMode,
        Optional<String> upstreamModel,
        boolean supportsVision,
        OptionalInt maxTokens,
        OptionalInt contextWindow,
        Pricing pricing,
        OptionalInt rpmLimit,
        OptionalInt tpmLimit) {

    /** What holds where a new model's request says nothing. The empty texts are fields that it must give. */
    static final ModelSettings INITIAL = new ModelSettings(
            "",
            "",
            "",
            "",
            "",
            "",
            "enabled",
            "",
            "api_key",
            "single",
            Optional.empty(),
            false,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Pricing.NONE,
            OptionalInt.empty(),
            OptionalInt.empty());

    ModelSettings withStatus(String other) {
        return new ModelSettings(
                name,
                modelId,
                provider,
                type,
                typeCode,
                description,
                other,
                baseUrl,
                authType,
                keyUsageMode,
                upstreamModel,
                supportsVision,
                maxTokens,
                contextWindow,
                pricing,
                rpmLimit,
                tpmLimit);
    }

    boolean takesKeys() {
        return !authType.equals(AuthType.NONE);
    }

    /** Whether a provider is asked for it as for the other. */
    boolean reaches(ModelSettings other) {
        return baseUrl.equals(other.baseUrl)
                && authType.equals(other.authType)
                && upstreamModel.orElse(modelId).equals(other.upstreamModel.orElse(other.modelId));
    }
}
