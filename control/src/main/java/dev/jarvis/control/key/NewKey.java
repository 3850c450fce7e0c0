package dev.jarvis.control.key;

import dev.jarvis.control.request.Fields;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** What it takes to create a key. */
record NewKey(
        @Nullable String name,
        @Nullable Instant expiresAt,
        @Nullable List<String> allowedModels) {
    KeyFields fields() {
        return KeyFields.of(Fields.required(name, "name"), expiresAt, allowedModels)
                .endingLater();
    }
}
