package dev.jarvis.platform.http;

import dev.jarvis.platform.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of a blocking endpoint.
 *
 * @param headers lower-case names
 * @param streamed in place of {@code body}, where that is too large to be held
 */
public record Reply(int status, Map<String, String> headers, byte[] body, Optional<StreamedBody> streamed) {
    private static final Map<String, String> JSON = Map.of("content-type", "application/json; charset=utf-8");

    public Reply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Optional.empty());
    }

    public static Reply json(int status, Object body) {
        return new Reply(status, JSON, Json.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }

    public static Reply ok(Object body) {
        return json(200, body);
    }

    public static Reply created(Object body) {
        return json(201, body);
    }

    public static Reply noContent() {
        return new Reply(204, Map.of(), new byte[0]);
    }

    /** A file to be saved under a name, streamed. */
    public static Reply download(String contentType, String fileName, StreamedBody body) {
        return new Reply(
                200,
                Map.of("content-type", contentType, "content-disposition", "attachment; filename=\"" + fileName + "\""),
                new byte[0],
                Optional.of(body));
    }

    public static Reply text(String contentType, String body) {
        return new Reply(200, Map.of("content-type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }
}
