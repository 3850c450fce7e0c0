package dev.jarvis.platform.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import java.util.stream.Collectors;

/** Turns what the JSON mapper complains of into a refusal that names the place and echoes none of the content. */
final class JsonRefusals {
    private JsonRefusals() {}

    static Refusal of(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                Refusal.badRequest(
                        "unknown_parameter",
                        "Unknown field '" + path(unknown) + "'. Remove it, or check its spelling.",
                        path(unknown));
            case StreamReadException malformed
            when String.valueOf(malformed.getOriginalMessage()).startsWith("Duplicate") ->
                Refusal.badRequest("duplicate_key", "A field is given twice " + place(malformed) + ".", null);
            case StreamReadException malformed ->
                Refusal.badRequest("invalid_json", "The body is not valid JSON " + place(malformed) + ".", null);
            case DatabindException wrong ->
                Refusal.badRequest(
                        "invalid_type", "The value of '" + path(wrong) + "' has the wrong type or form.", path(wrong));
            default -> Refusal.badRequest("invalid_json", "The body is not valid JSON.", null);
        };
    }

    private static String place(JacksonException e) {
        return "at line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr();
    }

    private static @Nullable String path(DatabindException e) {
        String path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? null : path;
    }
}
