package dev.jarvis.engine.mcp.client;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a call as text. A model is sent text only, so images, sounds and files are named and left out. Structured content
 * is added where no text says the same.
 */
final class ToolContent {
    private ToolContent() {}

    static CallResult read(JsonNode result) throws McpException {
        JsonNode content = result.path("content");
        JsonNode structured = result.path("structuredContent");
        if (!content.isMissingNode() && !content.isArray()) {
            throw new McpException(McpException.Kind.BAD_ANSWER, "The server's result has no list of content.");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode item : content) {
            parts.add(part(item));
        }
        if (structured.isObject() && parts.stream().noneMatch(part -> isSame(part, structured))) {
            parts.add(structured.toString());
        }
        String text = String.join("\n\n", parts);
        return new CallResult(
                text.isBlank() ? "[the tool answered nothing]" : text,
                result.path("isError").asBoolean(false));
    }

    private static boolean isSame(String part, JsonNode structured) {
        try {
            return part.startsWith("{")
                    && Wire.read(part.getBytes(StandardCharsets.UTF_8)).equals(structured);
        } catch (McpException e) {
            return false;
        }
    }

    private static String part(JsonNode item) {
        String type = item.path("type").asString("");
        return switch (type) {
            case "text" -> item.path("text").asString("");
            case "image", "audio" ->
                "[" + type + " left out: " + Wire.plain(item.path("mimeType").asString("")) + ", "
                        + item.path("data").asString("").length() * 3L / 4 + " bytes]";
            case "resource_link" ->
                "[resource: " + Wire.plain(item.path("name").asString("")) + " "
                        + Wire.plain(item.path("uri").asString("")) + "]";
            case "resource" -> resource(item.path("resource"));
            default -> "[content of an unknown type left out]";
        };
    }

    private static String resource(JsonNode resource) {
        String name = "[resource: " + Wire.plain(resource.path("uri").asString("")) + "]";
        return resource.path("text").isString()
                ? name + "\n" + resource.path("text").stringValue()
                : name;
    }
}
