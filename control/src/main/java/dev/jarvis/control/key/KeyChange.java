package dev.jarvis.control.key;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A change to a key. What is absent stays; {@code null} takes the limit away. The two cannot be told apart in a plain
 * field, and mistaking the one for the other would widen a key, so these two stay JSON until they are applied.
 */
record KeyChange(
        @Nullable String name,
        @Nullable JsonNode expiresAt,
        @Nullable JsonNode allowedModels) {
    KeyFields appliedTo(Key key) {
        KeyFields fields = KeyFields.of(
                name == null ? key.name() : name,
                expiresAt == null ? key.expiresAt() : read(expiresAt, Instant.class, "expires_at"),
                allowedModels == null ? key.allowedModels() : models(allowedModels));
        return expiresAt == null ? fields : fields.endingLater();
    }

    private static @Nullable List<String> models(JsonNode node) {
        String[] models = read(node, String[].class, "allowed_models");
        return models == null ? null : Arrays.asList(models);
    }

    private static <T> @Nullable T read(JsonNode node, Class<T> type, String name) {
        if (node.isNull()) {
            return null;
        }
        try {
            return Json.MAPPER.treeToValue(node, type);
        } catch (JacksonException e) {
            throw Refusal.badRequest("invalid_type", "The value of '" + name + "' has the wrong type or form.", name);
        }
    }
}
