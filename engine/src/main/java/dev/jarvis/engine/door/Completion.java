package dev.jarvis.engine.door;

import dev.jarvis.platform.http.ErrorBody;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A run's events as a chat completion. What the agent says between its tools' calls is part of the answer, as it comes. A step that
 * is sent again begins with what was said of it already: nobody is told that twice.
 */
final class Completion {
    private static final Set<String> LIMITS = Set.of(
            "max_steps_reached",
            "max_tokens_reached",
            "max_cost_reached",
            "max_seconds_reached",
            "loop_detected",
            "agents_too_deep");

    private static final Set<String> REFUSED = Set.of("model_not_found", "parameter_not_allowed");

    private final UUID run;
    private final String model;
    private final boolean wantsUsage;
    private final long created = Instant.now().getEpochSecond();
    private final StringBuilder text = new StringBuilder();
    private long input;
    private long output;
    private final Said content = new Said("content");
    private final Said reasoning = new Said("reasoning_content");
    private boolean begun;
    private @Nullable JsonNode end;

    Completion(UUID run, String model, boolean wantsUsage) {
        this.run = run;
        this.model = model;
        this.wantsUsage = wantsUsage;
    }

    /** For an answer that is given whole. */
    void take(JsonNode event) {
        switch (event.path("type").asString()) {
            case "text.delta" -> text.append(event.path("text").asString());
            case "step.restarted" -> text.setLength(0);
            case "tool.call" -> text.setLength(0);
            case "usage" -> count(event);
            case "run.done", "run.failed" -> end = event;
            default -> {}
        }
    }

    private void count(JsonNode event) {
        input += event.path("input_tokens").asLong(0);
        output += event.path("output_tokens").asLong(0);
    }

    /** For an answer that is streamed. */
    void write(JsonNode event, OutputStream out) throws IOException {
        switch (event.path("type").asString()) {
            case "text.delta" -> content.say(event, out);
            case "reasoning.delta" -> reasoning.say(event, out);
            case "step.restarted" -> {
                content.again();
                reasoning.again();
            }
            case "usage" -> count(event);
            case "run.done" -> {
                ObjectNode last = chunk(JsonNodeFactory.instance.objectNode());
                ((ObjectNode) last.path("choices").path(0)).put("finish_reason", finishReason(event));
                data(out, last);
                if (wantsUsage) {
                    ObjectNode usage = chunk(JsonNodeFactory.instance.objectNode());
                    usage.putArray("choices");
                    usage.set("usage", usage());
                    data(out, usage);
                }
                out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            case "run.failed" -> {
                out.write("data: ".getBytes(StandardCharsets.UTF_8));
                out.write(ErrorBody.of(refusal(event), run.toString()));
                out.write("\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            default -> {}
        }
    }

    /** What a field of the stream has of the step that is under way. */
    private final class Said {
        private final String field;
        private int step;
        private int said;
        private int repeated;

        Said(String field) {
            this.field = field;
        }

        /** The answer of the step comes again from its beginning: with the same key the gateway gives the same. */
        void again() {
            repeated = 0;
        }

        void say(JsonNode event, OutputStream out) throws IOException {
            if (event.path("step").asInt() != step) {
                step = event.path("step").asInt();
                said = 0;
                repeated = 0;
            }
            String piece = event.path("text").asString();
            int known = Math.min(piece.length(), said - repeated);
            repeated += piece.length();
            said = Math.max(said, repeated);
            if (known < piece.length()) {
                chunk(out, field, piece.substring(known));
            }
        }
    }

    private void chunk(OutputStream out, String field, String piece) throws IOException {
        ObjectNode delta = JsonNodeFactory.instance.objectNode();
        if (!begun) {
            begun = true;
            delta.put("role", "assistant");
        }
        delta.put(field, piece);
        data(out, chunk(delta));
    }

    private ObjectNode chunk(ObjectNode delta) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.set("finish_reason", NullNode.getInstance());
        return chunk;
    }

    private ObjectNode head(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + run)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private ObjectNode usage() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
    }

    private static void data(OutputStream out, ObjectNode chunk) throws IOException {
        out.write(("data: " + Json.MAPPER.writeValueAsString(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** @throws Refusal if the run did not end well */
    Reply reply() {
        JsonNode last = end;
        if (last == null) {
            throw Refusal.unavailable("server_stopping", "This server is stopping. Try again.");
        }
        if (last.path("type").asString().equals("run.failed")) {
            throw refusal(last);
        }
        ObjectNode answer = head("chat.completion");
        ArrayNode choices = answer.putArray("choices");
        ObjectNode choice = choices.addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text.toString());
        choice.put("finish_reason", finishReason(last));
        answer.set("usage", usage());
        Reply reply = Reply.ok(answer);
        return new Reply(
                200,
                Map.of(
                        "content-type",
                        reply.headers().getOrDefault("content-type", "application/json"),
                        "x-jarvis-run-id",
                        run.toString()),
                reply.body());
    }

    private static String finishReason(JsonNode event) {
        String reason = event.path("finish_reason").asString("");
        return reason.isEmpty() ? "stop" : reason;
    }

    private static Refusal refusal(JsonNode event) {
        String code = event.path("code").asString("internal_error");
        String message = event.path("message").asString("The run failed.");
        int status = status(code);
        return new Refusal(
                status, status < 500 ? "invalid_request_error" : "server_error", code, message, null, Map.of());
    }

    private static int status(String code) {
        if (LIMITS.contains(code)) {
            return 422;
        }
        if (REFUSED.contains(code)) {
            return code.equals("model_not_found") ? 404 : 403;
        }
        return switch (code) {
            case "run_cancelled" -> 409;
            case "run_abandoned", "credential_lost" -> 503;
            default -> 502;
        };
    }
}
