package dev.jarvis.platform.http;

import java.util.Locale;
import java.util.Map;

/** Which bodies are taken for JSON. */
public final class MediaTypes {
    private MediaTypes() {}

    /** Whether a content-type header names JSON in UTF-8. */
    public static boolean isJson(String contentType) {
        if (contentType.equals("application/json")) {
            return true;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    /** Whether a content-type header names this type, whatever its parameters. */
    static boolean is(String contentType, String type) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().equalsIgnoreCase(type);
    }

    public static Refusal unsupported() {
        return unsupported("application/json");
    }

    static Refusal unsupported(String type) {
        return new Refusal(
                415,
                "invalid_request_error",
                "unsupported_media_type",
                "Send the body as 'content-type: " + type + "', in UTF-8.",
                null,
                Map.of());
    }
}
