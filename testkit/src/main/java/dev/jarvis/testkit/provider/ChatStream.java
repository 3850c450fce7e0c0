package dev.jarvis.testkit.provider;

import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A {@link ChatScript} as a stream of events: role, content token by token, finish, usage, {@code [DONE]}. */
final class ChatStream {
    private final ChatScript script;
    private final ReceivedRequest request;
    private final ChatJson json;
    private final int choices;
    private final Usage usage;
    private final List<Step> steps = new ArrayList<>();
    private long made;

    ChatStream(ChatScript script, ReceivedRequest request) {
        this.script = script;
        this.request = request;
        this.json = new ChatJson(request);
        this.choices = ChatScript.choices(request);
        this.usage = script.usageOf(request, choices);
    }

    List<Step> steps() {
        steps.add(new Step.Head(
                200,
                Map.of("content-type", "text/event-stream; charset=utf-8", "x-request-id", "req_" + request.number()),
                Step.Framing.CHUNKED,
                false));
        if (script.placement() == UsagePlacement.ZERO_FIRST) {
            steps.add(Step.Body.of(ChatJson.event(json.usageChunk(Usage.of(0, 0)))));
        }
        for (int choice = 0; choice < choices; choice++) {
            chunk(json.chunk(choice, ChatJson.delta().put("role", "assistant").put("content", ""), ""));
        }
        steps.add(new Step.Delay(script.firstAfter()));
        script.reasoning().forEach(thought -> token(ChatJson.delta().put("reasoning_content", thought)));
        script.words().forEach(word -> token(ChatJson.delta().put("content", word)));
        toolCall();
        finish();
        end();
        return steps;
    }

    private void token(ObjectNode delta) {
        for (int choice = 0; choice < choices; choice++) {
            made++;
            steps.add(new Step.Generate(1));
            chunk(json.chunk(choice, delta, ""));
        }
        steps.add(new Step.Delay(script.each()));
    }

    private void toolCall() {
        ChatScript.ToolCall call = script.toolCall();
        if (call == null) {
            return;
        }
        ObjectNode opening = ChatJson.delta();
        ObjectNode first = opening.putArray("tool_calls").addObject();
        first.put("index", 0).put("id", "call_scripted0").put("type", "function");
        first.putObject("function").put("name", call.name()).put("arguments", "");
        for (int choice = 0; choice < choices; choice++) {
            chunk(json.chunk(choice, opening, ""));
        }
        for (String piece : ChatScript.pieces(call)) {
            ObjectNode delta = ChatJson.delta();
            ObjectNode next = delta.putArray("tool_calls").addObject();
            next.put("index", 0).putObject("function").put("arguments", piece);
            token(delta);
        }
    }

    private void finish() {
        for (int choice = 0; choice < choices; choice++) {
            ObjectNode chunk = json.chunk(choice, ChatJson.delta(), script.finishReason());
            if (script.placement() == UsagePlacement.FINISH_CHUNK && choice == choices - 1) {
                chunk.set("usage", usage.json());
                steps.add(new Step.Report(usage));
            }
            chunk(chunk);
        }
    }

    private void end() {
        switch (script.placement()) {
            case WHEN_ASKED -> {
                if (request.asksForUsage()) {
                    usageChunk(usage);
                }
                done();
            }
            case ALWAYS, ZERO_FIRST, NULL_THEN_REAL -> {
                usageChunk(usage);
                done();
            }
            case TWICE -> {
                usageChunk(Usage.of(1, 1));
                usageChunk(usage);
                done();
            }
            case AFTER_DONE -> {
                done();
                usageChunk(usage);
            }
            case EVERY_CHUNK, FINISH_CHUNK, NULL_ALWAYS, NEVER -> done();
        }
        steps.add(new Step.End());
    }

    private void usageChunk(Usage numbers) {
        steps.add(new Step.Report(numbers));
        steps.add(Step.Body.of(ChatJson.event(json.usageChunk(numbers))));
    }

    private void done() {
        steps.add(new Step.Terminal());
        steps.add(Step.Body.of("data: [DONE]\n\n"));
    }

    private void chunk(ObjectNode chunk) {
        switch (script.placement()) {
            case EVERY_CHUNK -> {
                Usage soFar = isLast(chunk) ? usage : Usage.of(usage.prompt(), Math.min(made, usage.completion()));
                chunk.set("usage", soFar.json());
                steps.add(new Step.Report(soFar));
            }
            case NULL_ALWAYS, NULL_THEN_REAL -> chunk.set("usage", NullNode.getInstance());
            case WHEN_ASKED -> {
                if (request.asksForUsage()) {
                    chunk.set("usage", NullNode.getInstance());
                }
            }
            case ALWAYS, FINISH_CHUNK, ZERO_FIRST, AFTER_DONE, TWICE, NEVER -> {}
        }
        steps.add(Step.Body.of(ChatJson.event(chunk)));
    }

    private static boolean isLast(ObjectNode chunk) {
        return !chunk.path("choices").path(0).path("finish_reason").isNull();
    }
}
