package dev.jarvis.control.model;

import dev.jarvis.platform.http.Refusal;

import java.util.List;

/** What may not be done to the model that comes with the product: it can be switched off, described and priced. */
final class BuiltIn {
    private static final List<String> FIXED =
            List.of("model_id", "provider", "base_url", "auth_type", "api_keys", "upstream_model");

    private BuiltIn() {}

    /** @throws Refusal 409 {@code built_in_model} */
    static void refuseChange(ModelRow row, ModelRequest request) {
        if (row.builtIn()) {
            FIXED.stream().filter(request.fields()::has).findFirst().ifPresent(field -> {
                throw Refusal.conflict("built_in_model", "'" + field + "' of a built-in model is fixed.", field);
            });
        }
    }

    /** @throws Refusal 409 {@code built_in_model} */
    static void refuseDelete(ModelRow row) {
        if (row.builtIn()) {
            throw Refusal.conflict(
                    "built_in_model", "A built-in model cannot be deleted. Set its status to 'disabled'.", null);
        }
    }
}
