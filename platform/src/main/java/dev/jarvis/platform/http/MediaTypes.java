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

    public static Refusal unsupported() {
        return new Refusal(
                415,
                "invalid_request_error",
                "unsupported_media_type",
                "Send the body as 'content-type: application/json', in UTF-8.",
                null,
                Map.of());
    }
}
