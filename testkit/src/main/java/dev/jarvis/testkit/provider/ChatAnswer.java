package dev.jarvis.testkit.provider;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@link ChatScript} as one JSON answer. Tokens are made at their pace before anything is written. */
final class ChatAnswer {
    private final ChatScript script;
    private final ReceivedRequest request;
    private final ChatJson json;

    ChatAnswer(ChatScript script, ReceivedRequest request) {
        this.script = script;
        this.request = request;
        this.json = new ChatJson(request);
    }

    List<Step> steps() {
        int choices = ChatScript.choices(request);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Delay(script.firstAfter()));
        for (int token = 0; token < script.tokensOfAChoice(); token++) {
            steps.add(new Step.Generate(choices));
            steps.add(new Step.Delay(script.each()));
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < choices; i++) {
            all.add(choice(i));
        }
        Usage usage = script.usageOf(request, choices);
        ObjectNode completion = json.completion(all, usage);
        boolean reports =
                script.placement() != UsagePlacement.NEVER && script.placement() != UsagePlacement.NULL_ALWAYS;
        if (reports) {
            steps.add(new Step.Report(usage));
        } else {
            completion.remove("usage");
        }
        byte[] body = ChatJson.MAPPER.writeValueAsString(completion).getBytes(StandardCharsets.UTF_8);
        steps.add(Scripts.head(200, "application/json", body.length, Map.of()));
        steps.add(new Step.Terminal());
        steps.add(new Step.Body(body, Slicing.whole()));
        steps.add(new Step.End());
        return steps;
    }

    private ObjectNode choice(int index) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode();
        choice.put("index", index);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        ChatScript.ToolCall call = script.toolCall();
        if (call == null) {
            message.put("content", String.join("", script.words()));
        } else {
            message.set("content", NullNode.getInstance());
            ObjectNode made = message.putArray("tool_calls").addObject();
            made.put("id", "call_scripted" + index).put("type", "function");
            made.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        }
        message.set("refusal", NullNode.getInstance());
        message.putArray("annotations");
        if (!script.reasoning().isEmpty()) {
            message.put("reasoning_content", String.join("", script.reasoning()));
        }
        choice.set("logprobs", NullNode.getInstance());
        choice.put("finish_reason", script.finishReason());
        return choice;
    }
}
