package dev.jarvis.gateway.demo;

import dev.jarvis.platform.id.Uuid7;
import io.vertx.core.buffer.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/** The JSON of OpenAI's chat API, as the demo model writes it. */
final class DemoJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DemoJson() {}

    static boolean isObject(String text) {
        try {
            return MAPPER.readTree(text).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    static Buffer models() {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        list.putArray("data")
                .addObject()
                .put("id", "demo")
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "jarvis");
        return bytes(list);
    }

    static Buffer error(DemoFailure failure) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", failure.getMessage())
                .put("type", failure.type())
                .put("code", failure.code())
                .set("param", NullNode.getInstance());
        return bytes(body);
    }

    static Buffer completion(DemoRequest asked, DemoAnswer answer) {
        ObjectNode completion = head(asked, "chat.completion", Uuid7.next().toString());
        var choices = completion.putArray("choices");
        for (int i = 0; i < asked.choices(); i++) {
            ObjectNode choice = choices.addObject().put("index", i);
            choice.set("message", message(answer, i));
            choice.set("logprobs", NullNode.getInstance());
            choice.put("finish_reason", answer.finishReason());
        }
        completion.set("usage", usage(asked, answer.tokens() * asked.choices()));
        return bytes(completion);
    }

    private static ObjectNode message(DemoAnswer answer, int choice) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        String text = String.join("", answer.pieces());
        switch (answer) {
            case DemoAnswer.Said ignored -> message.put("content", text);
            case DemoAnswer.CalledTool call -> {
                message.set("content", NullNode.getInstance());
                message.putArray("tool_calls")
                        .addObject()
                        .put("id", callId(choice))
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", text);
            }
        }
        message.set("refusal", NullNode.getInstance());
        return message;
    }

    static String callId(int choice) {
        return "call_demo_" + choice;
    }

    static ObjectNode head(DemoRequest asked, String object, String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + id)
                .put("object", object)
                .put("created", Instant.now().getEpochSecond())
                .put("model", asked.model());
    }

    static ObjectNode usage(DemoRequest asked, int outputTokens) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", asked.promptTokens())
                .put("completion_tokens", outputTokens)
                .put("total_tokens", asked.promptTokens() + outputTokens);
    }

    static Buffer event(JsonNode json) {
        return Buffer.buffer("data: ")
                .appendBytes(MAPPER.writeValueAsBytes(json))
                .appendString("\n\n");
    }

    private static Buffer bytes(JsonNode json) {
        return Buffer.buffer(MAPPER.writeValueAsBytes(json));
    }
}
