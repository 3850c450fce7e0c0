package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.ModelChoice;
import dev.jarvis.engine.model.ModelResult;
import dev.jarvis.engine.model.ToolCall;
import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run's plan and stored steps as the next request; from the same steps always the same bytes. */
final class Transcript {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Transcript() {}

    /** What a model's step is stored as. Calls get ids of ours: providers repeat theirs. */
    static ObjectNode output(int step, ModelResult.Answered answer) {
        ObjectNode output = NODES.objectNode();
        output.put("text", answer.text());
        output.put("reasoning", answer.reasoning());
        ArrayNode calls = output.putArray("tool_calls");
        int index = 0;
        for (ToolCall call : answer.calls()) {
            calls.addObject()
                    .put("id", "call_" + step + "_" + index++)
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
        output.put("finish_reason", answer.finishReason());
        return output;
    }

    /** The calls of a model's step. */
    static List<ToolCall> calls(StepRow step) {
        ObjectNode output = step.output();
        List<ToolCall> calls = new ArrayList<>();
        if (output != null) {
            for (JsonNode call : output.path("tool_calls")) {
                calls.add(new ToolCall(
                        call.path("id").asString(),
                        call.path("name").asString(),
                        call.path("arguments").asString()));
            }
        }
        return calls;
    }

    /** What a model said in a step. */
    static String text(StepRow step) {
        ObjectNode output = step.output();
        return output == null ? "" : output.path("text").asString("");
    }

    /** The last model step that ended well. */
    static Optional<StepRow> lastAnswer(List<StepRow> steps) {
        return steps.reversed().stream()
                .filter(step -> step.kind().equals("model") && step.status().equals("done"))
                .findFirst();
    }

    /** The body of the next request. */
    static byte[] request(Plan plan, List<ObjectNode> history, List<StepRow> steps) {
        ModelChoice model = plan.model();
        ObjectNode body = NODES.objectNode();
        body.put("model", model.modelId());
        ArrayNode messages = body.putArray("messages");
        if (!plan.system().isEmpty()) {
            messages.addObject().put("role", "system").put("content", plan.system());
        }
        history.forEach(messages::add);
        for (StepRow step : steps) {
            addStep(messages, step);
        }
        if (!plan.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            plan.tools().forEach(tool -> tools.add(definition(tool)));
        }
        put(body, "temperature", model.temperature());
        put(body, "top_p", model.topP());
        put(body, "max_tokens", model.maxTokens());
        put(body, "presence_penalty", model.presencePenalty());
        put(body, "frequency_penalty", model.frequencyPenalty());
        put(body, "seed", model.seed());
        put(body, "stop", model.stop());
        put(body, "reasoning_effort", model.reasoningEffort());
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        return Json.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode body, String name, @Nullable Object value) {
        if (value != null) {
            body.set(name, Json.MAPPER.valueToTree(value));
        }
    }

    private static void addStep(ArrayNode messages, StepRow step) {
        ObjectNode output = step.output();
        if (output == null) {
            return;
        }
        if (step.kind().equals("tool")) {
            messages.addObject()
                    .put("role", "tool")
                    .put("tool_call_id", step.callId())
                    .put("content", output.path("content").asString(""));
        } else if (step.kind().equals("model") && step.status().equals("done")) {
            ObjectNode message = messages.addObject().put("role", "assistant");
            message.put("content", output.path("text").asString(""));
            List<ToolCall> calls = calls(step);
            if (!calls.isEmpty()) {
                ArrayNode array = message.putArray("tool_calls");
                for (ToolCall call : calls) {
                    ObjectNode made = array.addObject().put("id", call.id()).put("type", "function");
                    made.putObject("function").put("name", call.name()).put("arguments", call.arguments());
                }
            }
        }
    }

    private static ObjectNode definition(PlannedTool tool) {
        ObjectNode definition = NODES.objectNode().put("type", "function");
        definition
                .putObject("function")
                .put("name", tool.name())
                .put("description", tool.description())
                .set("parameters", tool.parameters());
        return definition;
    }
}
