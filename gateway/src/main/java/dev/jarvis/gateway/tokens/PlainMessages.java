package dev.jarvis.gateway.tokens;

import dev.jarvis.platform.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The texts of a request that is nothing but messages of text: what it counts is known from how chats are laid out.
 *
 * @param texts all texts and names that count
 * @param messages how many there are
 */
record PlainMessages(List<String> texts, int messages) {
    /** Fields that add nothing to what a model reads. Another one may: a tool is a text of the provider's making. */
    private static final Set<String> SILENT = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "user",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logprobs",
            "top_logprobs",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key");

    /** Empty: there is more to it. */
    static Optional<PlainMessages> read(byte[] body, int offset, int length) {
        JsonNode request;
        try {
            request = Json.MAPPER.readTree(body, offset, length);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!request.propertyNames().stream().allMatch(SILENT::contains)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        JsonNode messages = request.path("messages");
        for (JsonNode message : messages) {
            if (!add(message, texts)) {
                return Optional.empty();
            }
        }
        return Optional.of(new PlainMessages(texts, messages.size()));
    }

    private static boolean add(JsonNode message, List<String> texts) {
        for (Map.Entry<String, JsonNode> field : message.properties()) {
            JsonNode value = field.getValue();
            boolean known = switch (field.getKey()) {
                case "role", "name" -> value.isString() && texts.add(value.stringValue());
                case "content" -> content(value, texts);
                default -> value.isNull();
            };
            if (!known) {
                return false;
            }
        }
        return true;
    }

    private static boolean content(JsonNode content, List<String> texts) {
        if (content.isString()) {
            return texts.add(content.stringValue());
        }
        for (JsonNode part : content) {
            if (!part.path("type").asString("").equals("text")
                    || !part.path("text").isString()) {
                return false;
            }
            texts.add(part.path("text").stringValue());
        }
        return content.isArray() || content.isNull();
    }
}
