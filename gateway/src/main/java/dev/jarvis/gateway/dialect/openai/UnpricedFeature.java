package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.platform.http.Refusal;

import java.util.Map;

/**
 * Parameters that make a provider do, keep or run what the price of the model does not cover, or that point it at
 * another model or host than the one the administrator chose.
 */
final class UnpricedFeature {
    private UnpricedFeature() {}

    /** Reads the value of a member that no one else knows, and refuses it if it is one of these. */
    static void check(String key, JsonCursor json) {
        switch (key) {
            // Kept or worked on at the provider, out of sight of the meter.
            case "store", "background" -> refuseIfTrue(key, json);
            // Searches and code that are billed apart: OpenAI, xAI, OpenRouter, Qwen.
            case "enable_search", "enable_code_interpreter" -> refuseIfTrue(key, json);
            case "web_search_options", "search_parameters", "plugins" -> refuseUnlessEmpty(key, json);
            // OpenRouter's list of models to fall back to: we would price the first while the second runs.
            case "models" -> refuseUnlessEmpty(key, json);
            // LiteLLM's: where to call, chosen by the client.
            case "api_base", "base_url", "user_config" -> throw forbiddenTarget(key);
            default -> json.skipValue();
        }
    }

    private static void refuseIfTrue(String key, JsonCursor json) {
        boolean isTrue = json.kind() == JsonKind.TRUE;
        json.skipValue();
        if (isTrue) {
            throw notAllowed("'" + key + "' is not available here. Leave it out or send false.", key);
        }
    }

    private static void refuseUnlessEmpty(String key, JsonCursor json) {
        boolean isList = json.kind() == JsonKind.ARRAY;
        json.skipValue();
        if (!isList || json.valueEnd() - json.valueStart() > 2) {
            throw notAllowed("'" + key + "' is not available here, because its price is not known. Leave it out.", key);
        }
    }

    private static Refusal forbiddenTarget(String key) {
        return Refusal.badRequest(
                "forbidden_target", "'" + key + "' is not accepted: an administrator sets where models are.", key);
    }

    static Refusal notAllowed(String message, String param) {
        return new Refusal(403, "permission_error", "parameter_not_allowed", message, param, Map.of());
    }
}
