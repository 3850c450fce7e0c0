package dev.jarvis.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a limit of output tokens into a request that has none: over a null where there is one, else as the first member.
 *
 * @param start behind the body's opening brace
 * @param nulls where limits are given as null, by name
 */
record CapEdit(int start, Map<String, Place> nulls) {
    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    /** Of a value in the body. */
    record Place(int from, int to) {}

    ChatRequest.Edit of(String name, long cap) {
        Place place = nulls.get(name);
        if (place != null) {
            return new ChatRequest.Edit(place.from(), place.to(), ascii(Long.toString(cap)));
        }
        return new ChatRequest.Edit(start, start, ascii("\"" + name + "\":" + cap + ","));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
