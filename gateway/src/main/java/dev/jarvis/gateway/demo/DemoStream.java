package dev.jarvis.gateway.demo;

import dev.jarvis.platform.id.Uuid7;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.function.IntFunction;

/** One streamed answer: a token at a time, the next when the last one is written and the asked-for time is over. */
final class DemoStream {
    private final Vertx vertx;
    private final HttpServerResponse response;
    private final DemoRequest asked;
    private final DemoAnswer answer;
    private final String id = Uuid7.next().toString();

    DemoStream(Vertx vertx, HttpServerResponse response, DemoRequest asked, DemoAnswer answer) {
        this.vertx = vertx;
        this.response = response;
        this.asked = asked;
        this.answer = answer;
    }

    void start() {
        response.setChunked(true).putHeader("content-type", "text/event-stream; charset=utf-8");
        send(opening()).onSuccess(written -> token(0));
    }

    /** Fails, and so ends everything, when the client has gone. */
    private Future<Void> send(Buffer events) {
        return response.write(events);
    }

    private Buffer opening() {
        ObjectNode delta = delta().put("role", "assistant");
        if (answer instanceof DemoAnswer.CalledTool call) {
            delta.set("content", NullNode.getInstance());
            return forEachChoice(choice -> {
                ObjectNode opened = delta.deepCopy();
                ObjectNode made = opened.putArray("tool_calls").addObject().put("index", 0);
                made.put("id", DemoJson.callId(choice)).put("type", "function");
                made.putObject("function").put("name", call.name()).put("arguments", "");
                return chunk(choice, opened, "");
            });
        }
        return forEachChoice(choice -> chunk(choice, delta.put("content", ""), ""));
    }

    private void token(int index) {
        if (index == asked.wish().stallAfter()) {
            return;
        }
        if (index == asked.wish().cutAfter()) {
            response.reset();
            return;
        }
        if (index == answer.pieces().size()) {
            finish();
            return;
        }
        Future<?> pause = asked.wish().delay().isZero()
                ? Future.succeededFuture()
                : vertx.timer(asked.wish().delay().toMillis());
        pause.compose(over -> send(forEachChoice(choice -> chunk(choice, piece(index), ""))))
                .onSuccess(written -> vertx.runOnContext(next -> token(index + 1)));
    }

    private ObjectNode piece(int index) {
        String text = answer.pieces().get(index);
        ObjectNode delta = delta();
        switch (answer) {
            case DemoAnswer.Said ignored -> delta.put("content", text);
            case DemoAnswer.CalledTool ignored ->
                delta.putArray("tool_calls")
                        .addObject()
                        .put("index", 0)
                        .putObject("function")
                        .put("arguments", text);
        }
        return delta;
    }

    private void finish() {
        Buffer events = forEachChoice(choice -> chunk(choice, delta(), answer.finishReason()));
        if (asked.includeUsage()) {
            ObjectNode last = DemoJson.head(asked, "chat.completion.chunk", id);
            last.putArray("choices");
            last.set("usage", DemoJson.usage(asked, answer.tokens() * asked.choices()));
            events.appendBuffer(DemoJson.event(last));
        }
        response.end(events.appendString("data: [DONE]\n\n"));
    }

    private Buffer forEachChoice(IntFunction<ObjectNode> made) {
        Buffer events = Buffer.buffer();
        for (int choice = 0; choice < asked.choices(); choice++) {
            events.appendBuffer(DemoJson.event(made.apply(choice)));
        }
        return events;
    }

    private ObjectNode chunk(int index, ObjectNode delta, String finishReason) {
        ObjectNode chunk = DemoJson.head(asked, "chat.completion.chunk", id);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.set("logprobs", NullNode.getInstance());
        if (finishReason.isEmpty()) {
            choice.set("finish_reason", NullNode.getInstance());
        } else {
            choice.put("finish_reason", finishReason);
        }
        if (asked.includeUsage()) {
            chunk.set("usage", NullNode.getInstance());
        }
        return chunk;
    }

    private static ObjectNode delta() {
        return JsonNodeFactory.instance.objectNode();
    }
}
