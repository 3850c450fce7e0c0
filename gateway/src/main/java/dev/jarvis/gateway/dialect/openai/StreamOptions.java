package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** The {@code stream_options} of a request, and the edit that makes them ask for usage. */
final class StreamOptions {
    private static final Name INCLUDE_USAGE = Name.of("include_usage");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] OBJECT = ascii("{\"include_usage\":true}");
    private static final byte[] MEMBER = ascii(",\"stream_options\":{\"include_usage\":true}");
    private static final byte[] ONLY = ascii("\"include_usage\":true");
    private static final byte[] FIRST = ascii("\"include_usage\":true,");

    private final JsonCursor json;
    private boolean given;
    private boolean includesUsage;
    private ChatRequest.@Nullable Edit edit;

    StreamOptions(JsonCursor json) {
        this.json = json;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Given as null, which was just skipped. */
    void readNull() {
        edit = new ChatRequest.Edit(json.valueStart(), json.valueEnd(), OBJECT);
    }

    void read() {
        given = true;
        if (json.kind() != JsonKind.OBJECT) {
            json.skipValue();
            throw invalid("'stream_options' must be an object.", "stream_options");
        }
        json.beginObject();
        int inside = json.position();
        boolean isEmpty = true;
        boolean hasMember = false;
        while (json.nextMember()) {
            isEmpty = false;
            if (json.keyIs(INCLUDE_USAGE)) {
                hasMember = true;
                readIncludeUsage();
            } else {
                json.skipValue();
            }
        }
        if (!hasMember) {
            edit = new ChatRequest.Edit(inside, inside, isEmpty ? ONLY : FIRST);
        }
    }

    private void readIncludeUsage() {
        JsonKind kind = json.kind();
        json.skipValue();
        if (kind != JsonKind.NULL && !kind.isBoolean()) {
            throw invalid("'include_usage' must be true or false.", "stream_options.include_usage");
        }
        includesUsage = kind == JsonKind.TRUE;
        if (!includesUsage) {
            edit = new ChatRequest.Edit(json.valueStart(), json.valueEnd(), TRUE);
        }
    }

    void check(boolean stream) {
        if (given && !stream) {
            throw invalid("'stream_options' is only allowed with 'stream': true.", "stream_options");
        }
    }

    boolean includesUsage() {
        return includesUsage;
    }

    /** @param streamEnd where the value of {@code stream} ends: a place to put the whole member */
    ChatRequest.@Nullable Edit edit(int streamEnd) {
        ChatRequest.Edit known = edit;
        if (known != null || includesUsage) {
            return known;
        }
        return new ChatRequest.Edit(streamEnd, streamEnd, MEMBER);
    }

    private static Refusal invalid(String message, String param) {
        return Refusal.badRequest("invalid_parameter", message, param);
    }
}
