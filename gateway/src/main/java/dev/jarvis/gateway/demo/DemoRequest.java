package dev.jarvis.gateway.demo;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;

/**
 * What the demo model reads of a chat request; everything else is accepted and ignored.
 *
 * @param userText text of the last user message
 * @param toolText text of the last message, when that is a tool's result; otherwise empty
 * @param promptTokens see {@code docs/demo-model.md}
 * @param tools names of the offered functions
 * @param toolChoice the function that must be called, {@code required} for any, or empty
 */
record DemoRequest(
        String model,
        boolean stream,
        boolean includeUsage,
        int choices,
        int maxTokens,
        String userText,
        String toolText,
        int promptTokens,
        List<String> tools,
        String toolChoice,
        DemoWish wish) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int TOKENS_PER_MESSAGE = 3;
    private static final int TOKENS_PER_IMAGE = 85;
    private static final int MOST_CHOICES = 128;

    /** @throws DemoFailure 400 if it is no chat request */
    static DemoRequest read(byte[] body) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new DemoFailure(400, "invalid_json", "The body is not valid JSON.");
        }
        JsonNode messages = json.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new DemoFailure(400, "invalid_messages", "'messages' must be a list with at least one message.");
        }
        String userText = "";
        int promptTokens = 0;
        for (JsonNode message : messages) {
            promptTokens += TOKENS_PER_MESSAGE + tokens(message.path("content"));
            userText = message.path("role").asString("").equals("user") ? text(message.path("content")) : userText;
        }
        JsonNode last = messages.get(messages.size() - 1);
        boolean toolAnswered = last.path("role").asString("").equals("tool");
        return new DemoRequest(
                json.path("model").asString("demo"),
                json.path("stream").asBoolean(false),
                json.path("stream_options").path("include_usage").asBoolean(false),
                Math.clamp(json.path("n").asInt(1), 1, MOST_CHOICES),
                maxTokens(json),
                userText,
                toolAnswered ? text(last.path("content")) : "",
                promptTokens,
                toolNames(json.path("tools")),
                toolChoice(json.path("tool_choice")),
                toolAnswered ? DemoWish.NONE : DemoWish.of(userText));
    }

    private static int maxTokens(JsonNode json) {
        int limit =
                json.path("max_completion_tokens").asInt(json.path("max_tokens").asInt(Integer.MAX_VALUE));
        if (limit < 1) {
            throw new DemoFailure(400, "out_of_range", "'max_tokens' must be at least 1.");
        }
        return limit;
    }

    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asString("")));
        return text.toString();
    }

    private static int tokens(JsonNode content) {
        int images = 0;
        for (JsonNode part : content) {
            images += part.path("type").asString("").equals("image_url") ? 1 : 0;
        }
        return DemoTokens.count(text(content)) + images * TOKENS_PER_IMAGE;
    }

    private static List<String> toolNames(JsonNode tools) {
        List<String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.path("function").path("name").asString("")));
        return List.copyOf(names);
    }

    private static String toolChoice(JsonNode choice) {
        if (choice.isObject()) {
            return choice.path("function").path("name").asString("");
        }
        return choice.asString("").equals("required") ? "required" : "";
    }
}
