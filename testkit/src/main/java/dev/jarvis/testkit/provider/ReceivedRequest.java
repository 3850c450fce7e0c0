package dev.jarvis.testkit.provider;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param number of its arrival at this provider, from 1
 * @param target path and query as sent
 * @param headers in the order and spelling sent
 * @param body byte for byte, without chunked framing
 */
public record ReceivedRequest(
        int number, Instant at, String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    private static final JsonMapper LENIENT = JsonMapper.builder().build();

    /** The first header of that name, in any case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON; a missing node if it is none. */
    public JsonNode json() {
        try {
            return body.length == 0 ? MissingNode.getInstance() : LENIENT.readTree(body);
        } catch (RuntimeException notJson) {
            return MissingNode.getInstance();
        }
    }

    public String model() {
        return json().path("model").asString("");
    }

    public boolean isStream() {
        return json().path("stream").asBoolean(false);
    }

    public boolean asksForUsage() {
        return json().path("stream_options").path("include_usage").asBoolean(false);
    }

    /** The text of the last user message; parts of a multi-part content are joined. */
    public String userText() {
        String text = "";
        for (JsonNode message : json().path("messages")) {
            if (message.path("role").asString("").equals("user")) {
                text = textOf(message.path("content"));
            }
        }
        return text;
    }

    private static String textOf(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder joined = new StringBuilder();
        content.forEach(part -> joined.append(part.path("text").asString("")));
        return joined.toString();
    }

    /** What the provider counts as input when a script does not say otherwise: the words of all messages plus 3 each. */
    public long promptTokens() {
        long tokens = 0;
        for (JsonNode message : json().path("messages")) {
            String text = textOf(message.path("content")).strip();
            tokens += 3 + (text.isEmpty() ? 0 : text.split("\\s+").length);
        }
        return tokens;
    }

    /** The provider key that was sent, wherever it was put; empty if none. */
    public String key() {
        return header("authorization")
                .map(value -> value.startsWith("Bearer ") ? value.substring(7) : value)
                .or(() -> header("api-key"))
                .or(() -> header("x-api-key"))
                .or(this::queryKey)
                .orElse("");
    }

    private Optional<String> queryKey() {
        int key = target.indexOf("key=");
        return key < 0
                ? Optional.empty()
                : Optional.of(target.substring(key + 4).replaceFirst("&.*", ""));
    }

    /** The key's last four characters. */
    public String keyHint() {
        String key = key();
        return key.substring(Math.max(0, key.length() - 4));
    }

    @Override
    public String toString() {
        return method + " " + path() + " #" + number;
    }
}
