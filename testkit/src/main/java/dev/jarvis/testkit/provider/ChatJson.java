package dev.jarvis.testkit.provider;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of OpenAI's chat format: {@code chat.completion} and {@code chat.completion.chunk}. */
final class ChatJson {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long CREATED = 1_767_225_600L;

    private final String id;
    private final String model;

    ChatJson(ReceivedRequest request) {
        this.id = "chatcmpl-scripted" + request.number();
        this.model = request.model();
    }

    private ObjectNode head(String object) {
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        head.put("id", id).put("object", object).put("created", CREATED).put("model", model);
        head.put("service_tier", "default").put("system_fingerprint", "fp_scripted");
        return head;
    }

    /** A chunk with one choice. */
    ObjectNode chunk(int choice, ObjectNode delta, String finishReason) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode only = chunk.putArray("choices").addObject();
        only.put("index", choice).set("delta", delta);
        only.set("logprobs", NullNode.getInstance());
        only.set("finish_reason", finishReason.isEmpty() ? NullNode.getInstance() : text(finishReason));
        return chunk;
    }

    ObjectNode usageChunk(Usage usage) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", usage.json());
        return chunk;
    }

    ObjectNode completion(ArrayNode choices, Usage usage) {
        ObjectNode completion = head("chat.completion");
        completion.set("choices", choices);
        completion.set("usage", usage.json());
        return completion;
    }

    static ObjectNode delta() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    static String event(JsonNode json) {
        return "data: " + MAPPER.writeValueAsString(json) + "\n\n";
    }
}
