package dev.jarvis.testkit.provider;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers that providers are known to give, ready-made. Error bodies are of OpenAI's shape. */
public final class Scripts {
    private Scripts() {}

    /** One complete answer with a content-length. */
    public static Script answer(int status, String contentType, String body) {
        return answer(status, Map.of("content-type", contentType), body);
    }

    public static Script answer(int status, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Script.of(
                head(status, headers.getOrDefault("content-type", "text/plain"), bytes.length, headers),
                new Step.Body(bytes, Slicing.whole()),
                new Step.End());
    }

    public static Script error(int status, String type, String code, String message, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/json");
        return answer(status, all, errorBody(type, code, message));
    }

    public static String errorBody(String type, String code, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("message", message).put("type", type);
        error.set("param", NullNode.getInstance());
        error.set("code", code.isEmpty() ? NullNode.getInstance() : ChatJson.text(code));
        return ChatJson.MAPPER.writeValueAsString(
                JsonNodeFactory.instance.objectNode().set("error", error));
    }

    /** 401: the key is dead. */
    public static Script invalidKey() {
        return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.", Map.of());
    }

    /** 429: too fast; worth waiting. */
    public static Script rateLimited(int retryAfterSeconds) {
        return error(
                429,
                "requests",
                "rate_limit_exceeded",
                "Rate limit reached for requests.",
                Map.of("retry-after", String.valueOf(retryAfterSeconds), "x-ratelimit-remaining-requests", "0"));
    }

    /** 429: the account's money is out; waiting does not help. */
    public static Script insufficientQuota() {
        return error(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota.", Map.of());
    }

    public static Script serverError(int status) {
        return error(status, "server_error", "", "The server had an error while processing your request.", Map.of());
    }

    public static Script redirect(int status, String location) {
        return answer(status, Map.of("location", location, "content-type", "text/plain"), "");
    }

    /** An answer that repeats the received provider key in its body and a header: it must never reach a client. */
    public static Script echoKey(int status) {
        return request -> error(
                        status,
                        "invalid_request_error",
                        "invalid_api_key",
                        "Incorrect API key provided: " + request.key(),
                        Map.of("x-echo", request.key()))
                .steps(request);
    }

    /** 200, events, then an error object in the stream and its end without {@code [DONE]}. */
    public static Script inBandError(int wordsBefore, String type, String code) {
        return request -> {
            List<Step> steps = cut(Script.chat().tokens(wordsBefore).steps(request), wordsBefore);
            steps.add(Step.Body.of("data: " + errorBody(type, code, "The model failed.") + "\n\n"));
            steps.add(new Step.End());
            return steps;
        };
    }

    /** A stream of that many tokens and then something else. */
    public static Script tokensThen(int tokens, Step... rest) {
        return request -> {
            List<Step> steps = cut(Script.chat().tokens(tokens).steps(request), tokens);
            steps.addAll(List.of(rest));
            return steps;
        };
    }

    /** A 200 stream with exactly these bytes as its body. */
    public static Script stream(byte[] body, Slicing slicing) {
        Script bytes = Script.of(new Step.Body(body, slicing), new Step.End());
        boolean terminal = new String(body, StandardCharsets.UTF_8).contains("[DONE]");
        return terminal ? bytes.after(streamHead(), new Step.Terminal()) : bytes.after(streamHead());
    }

    public static Script stream(String body) {
        return stream(body.getBytes(StandardCharsets.UTF_8), Slicing.whole());
    }

    /** A stream whose only content is one event with that many bytes of text, and usage. */
    public static Script hugeEvent(int contentBytes) {
        return request -> Script.chat()
                .words("x".repeat(contentBytes))
                .usage(UsagePlacement.ALWAYS)
                .steps(request);
    }

    public static Step.Head streamHead() {
        return new Step.Head(200, Map.of("content-type", "text/event-stream"), Step.Framing.CHUNKED, false);
    }

    /** An informational answer before the real one. */
    public static Step informational(int status, String headers) {
        return Step.Raw.of("HTTP/1.1 " + status + " Early\r\n" + headers + "\r\n");
    }

    /** The same script with its body compressed. */
    public static Script gzip(Script script) {
        return request -> script.steps(request).stream()
                .map(step -> step instanceof Step.Head head ? compressed(head) : step)
                .toList();
    }

    private static Step compressed(Step.Head head) {
        Map<String, String> headers = new LinkedHashMap<>(head.headers());
        headers.put("content-encoding", "gzip");
        headers.remove("content-length");
        return new Step.Head(head.status(), headers, Step.Framing.CHUNKED, true);
    }

    static Step.Head head(int status, String contentType, int length, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", contentType);
        all.put("content-length", String.valueOf(length));
        return new Step.Head(status, all, Step.Framing.LENGTH, false);
    }

    private static List<Step> cut(List<Step> steps, int tokens) {
        List<Step> kept = new ArrayList<>();
        int generated = 0;
        for (Step step : steps) {
            boolean done = generated == tokens && !kept.isEmpty() && kept.getLast() instanceof Step.Delay;
            if (done || step instanceof Step.End) {
                break;
            }
            kept.add(step);
            generated += step instanceof Step.Generate ? 1 : 0;
        }
        return kept;
    }
}
