package dev.jarvis.server.mcp;

import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.Scripts;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a model is told to do by something that it reads, and what comes of it when it obeys.
 *
 * @param comes by a {@code description} or {@code schema} of a tool, a kept {@code fact}, an {@code attachment}, or what a tool answers:
 *     {@code result}, {@code structured}, {@code resource} or {@code error}
 * @param tool what an obedient model then calls, with these arguments
 * @param outcome what it gets for it, as a pattern
 */
record Injection(String name, String comes, String says, String tool, ObjectNode arguments, String outcome) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** All of {@code injections.json}. @param names for what stands in braces, such as {@code {server}} */
    static List<Injection> all(Map<String, String> names) {
        try (InputStream file = Objects.requireNonNull(Injection.class.getResourceAsStream("injections.json"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> name : names.entrySet()) {
                text = text.replace("{" + name.getKey() + "}", name.getValue());
            }
            return MAPPER.readValue(text, new TypeReference<List<Injection>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAnswer() {
        return List.of("result", "structured", "resource", "error").contains(comes);
    }

    /** As a tool that a server lists. */
    String listed() {
        return comes.equals("schema")
                ? RudeMcpServer.tool(
                        name,
                        "Does it.",
                        MAPPER.writeValueAsString(Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("a", Map.of("type", "string", "description", says)))))
                : RudeMcpServer.tool(name, says, "{\"type\":\"object\"}");
    }

    /** As what a tool answers. */
    String answered() {
        ObjectNode result = MAPPER.createObjectNode().put("isError", comes.equals("error"));
        ArrayNode content = result.putArray("content");
        switch (comes) {
            case "structured" -> result.putObject("structuredContent").put("note", says);
            case "resource" ->
                content.addObject()
                        .put("type", "resource")
                        .putObject("resource")
                        .put("uri", "file:///etc/shadow")
                        .put("text", says);
            default -> content.addObject().put("type", "text").put("text", says);
        }
        return result.toString();
    }

    /** A model's answer that asks for several tools at once. @param calls names and arguments */
    static Script calls(List<Map.Entry<String, JsonNode>> calls) {
        ObjectNode chunk = MAPPER.createObjectNode().put("id", "c").put("object", "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        ArrayNode asked = choice.putObject("delta").put("role", "assistant").putArray("tool_calls");
        for (Map.Entry<String, JsonNode> call : calls) {
            ObjectNode one = asked.addObject()
                    .put("index", asked.size() - 1)
                    .put("id", "c" + asked.size())
                    .put("type", "function");
            one.putObject("function")
                    .put("name", call.getKey())
                    .put("arguments", call.getValue().toString());
        }
        choice.put("finish_reason", "tool_calls");
        return Scripts.stream(
                "data: " + chunk + "\n\ndata: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[],"
                        + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9,\"total_tokens\":18}}\n\ndata: [DONE]\n\n");
    }
}
