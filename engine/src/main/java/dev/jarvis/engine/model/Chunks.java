package dev.jarvis.engine.model;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts an answer together from its chunks. */
final class Chunks {
    private static final int MOST_CALLS = 64;

    /** Of text, thoughts and arguments together: several times what any model gives in one answer. */
    private static final int MOST_CHARACTERS = 2_000_000;

    private final ModelListener listener;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private String finishReason = "";
    private long input;
    private long output;
    private int characters;

    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    Chunks(ModelListener listener) {
        this.listener = listener;
    }

    void add(JsonNode chunk) {
        JsonNode usage = chunk.path("usage");
        if (usage.isObject()) {
            input = usage.path("prompt_tokens").asLong(input);
            output = usage.path("completion_tokens").asLong(output);
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        String words = delta.path("content").asString("");
        if (!words.isEmpty()) {
            characters += words.length();
            text.append(words);
            listener.text(words);
        }
        String thought =
                delta.path("reasoning_content").asString(delta.path("reasoning").asString(""));
        if (!thought.isEmpty()) {
            characters += thought.length();
            reasoning.append(thought);
            listener.reasoning(thought);
        }
        for (JsonNode part : delta.path("tool_calls")) {
            addCall(part);
        }
        finishReason = choice.path("finish_reason").asString(finishReason);
    }

    private void addCall(JsonNode part) {
        int index = part.path("index").asInt(calls.size());
        if (calls.size() >= MOST_CALLS && !calls.containsKey(index)) {
            return;
        }
        Call call = calls.computeIfAbsent(index, first -> new Call());
        String id = part.path("id").asString("");
        if (!id.isEmpty()) {
            call.id = id;
        }
        String name = part.path("function").path("name").asString("");
        String arguments = part.path("function").path("arguments").asString("");
        characters += name.length() + arguments.length();
        call.name += name;
        call.arguments.append(arguments);
    }

    /** No answer is that long: the model does not come to an end. */
    boolean isFlood() {
        return characters > MOST_CHARACTERS;
    }

    ModelResult.Answered answer(String requestId) {
        List<ToolCall> asked = calls.entrySet().stream()
                .filter(entry -> !entry.getValue().name.isEmpty())
                .map(entry -> call(entry.getKey(), entry.getValue()))
                .toList();
        return new ModelResult.Answered(
                text.toString(), reasoning.toString(), asked, finishReason, input, output, requestId);
    }

    private static ToolCall call(int index, Call call) {
        String id = call.id.isEmpty() ? "call_" + index : call.id;
        return new ToolCall(id, call.name, call.arguments.toString());
    }
}
