package dev.jarvis.control.model;

import dev.jarvis.platform.money.Money;
import dev.jarvis.platform.money.RateCardText;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A model as administrators see it: in answers and in the audit log. Prices are exact decimal strings per million
 * tokens. Of keys there is nothing but the last four characters.
 *
 * @param warnings what keeps the model from being called or paid for, though nothing is wrong with the settings
 */
record ModelView(
        UUID id,
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
        List<KeyView> apiKeys,
        Optional<String> upstreamModel,
        boolean supportsVision,
        OptionalInt maxTokens,
        OptionalInt contextWindow,
        Optional<String> inputPrice,
        Optional<String> outputPrice,
        String currency,
        long priceVersion,
        Optional<RateCardText> price,
        OptionalInt rpmLimit,
        OptionalInt tpmLimit,
        boolean builtIn,
        long version,
        Instant createdAt,
        Instant updatedAt,
        List<Warning> warnings) {

    /** @param code stable, for programs */
    record Warning(String code, String message) {}

    static ModelView of(ModelRow row, List<KeyView> keys) {
        ModelSettings settings = row.settings();
        return new ModelView(
                row.id(),
                settings.name(),
                settings.modelId(),
                settings.provider(),
                settings.type(),
                settings.typeCode(),
                settings.description(),
                settings.status(),
                settings.baseUrl(),
                settings.authType(),
                settings.keyUsageMode(),
                keys,
                settings.upstreamModel(),
                settings.supportsVision(),
                settings.maxTokens(),
                settings.contextWindow(),
                settings.pricing().input().map(ModelView::decimal),
                settings.pricing().output().map(ModelView::decimal),
                settings.pricing().currency().name(),
                row.priceVersion(),
                row.card().map(RateCardText::of),
                settings.rpmLimit(),
                settings.tpmLimit(),
                row.builtIn(),
                row.version(),
                row.createdAt(),
                row.updatedAt(),
                warnings(settings, keys));
    }

    private static List<Warning> warnings(ModelSettings settings, List<KeyView> keys) {
        List<Warning> warnings = new ArrayList<>();
        boolean usable = keys.stream().anyMatch(key -> key.status().equals("enabled"));
        if (settings.takesKeys() && !usable) {
            warnings.add(new Warning(
                    "no_provider_key", "The model has no enabled key and cannot be called until one is added."));
        }
        if (!settings.pricing().isPriced()) {
            warnings.add(new Warning("not_priced", "The model has no prices; its usage is counted but costs nothing."));
        }
        return warnings;
    }

    private static String decimal(Money price) {
        return price.toDecimal().toPlainString();
    }
}
