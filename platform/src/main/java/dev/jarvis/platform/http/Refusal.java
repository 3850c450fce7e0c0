package dev.jarvis.platform.http;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * A request refused with a reason that its sender can act on. Thrown by blocking endpoints, returned by the data plane;
 * written as an error body in one place, {@link ErrorBody}.
 *
 * <p>Carries no stack trace: it is an answer, not a fault.
 */
public final class Refusal extends RuntimeException {
    private final int status;
    private final String type;
    private final String code;
    private final @Nullable String param;
    private final Map<String, String> headers;

    public Refusal(
            int status, String type, String code, String message, @Nullable String param, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.headers = Map.copyOf(headers);
    }

    /** 400: what is wrong is in the request itself. */
    public static Refusal badRequest(String code, String message, @Nullable String param) {
        return new Refusal(400, "invalid_request_error", code, message, param, Map.of());
    }

    /** 401: nobody we know; says how to authenticate. */
    public static Refusal unauthenticated(String code, String message) {
        return new Refusal(
                401,
                "authentication_error",
                code,
                message,
                null,
                Map.of("www-authenticate", "Bearer realm=\"jarvis\""));
    }

    /** 403: known, and not allowed. */
    public static Refusal forbidden(String code, String message) {
        return new Refusal(403, "permission_error", code, message, null, Map.of());
    }

    public static Refusal notFound(String code, String message) {
        return new Refusal(404, "invalid_request_error", code, message, null, Map.of());
    }

    public static Refusal conflict(String code, String message, @Nullable String param) {
        return new Refusal(409, "invalid_request_error", code, message, param, Map.of());
    }

    /** 500: a fault of this program, which is in its log. */
    public static Refusal fault() {
        return new Refusal(
                500,
                "server_error",
                "internal_error",
                "The server failed. Its log has the reason under this request id.",
                null,
                Map.of());
    }

    /** 503: ours to repair; worth trying again. */
    public static Refusal unavailable(String code, String message) {
        return new Refusal(503, "server_error", code, message, null, Map.of("retry-after", "1"));
    }

    /** The same with further headers. */
    public Refusal with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Refusal(status, type, code, message(), param, all);
    }

    public int status() {
        return status;
    }

    /** OpenAI's error class, for example {@code invalid_request_error}. */
    public String type() {
        return type;
    }

    /** Stable, for programs. */
    public String code() {
        return code;
    }

    /** The request field at fault, if one is. */
    public @Nullable String param() {
        return param;
    }

    /** Headers that belong to the refusal, lower-case names. */
    public Map<String, String> headers() {
        return headers;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
