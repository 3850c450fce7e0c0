package dev.jarvis.testkit.provider;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chat answer as OpenAI gives it, streamed or whole as the request asks. Immutable: each method returns a changed copy.
 *
 * @param words the content, one output token each
 * @param reasoning words of {@code reasoning_content} before it, one output token each
 * @param toolCall a call instead of content; empty arguments of a call are {@code {}}
 * @param firstAfter before the first token; the head goes out at once
 * @param each between tokens
 * @param usage the numbers to report; {@code null}: as counted
 */
public record ChatScript(
        List<String> words,
        List<String> reasoning,
        @Nullable ToolCall toolCall,
        Duration firstAfter,
        Duration each,
        String finishReason,
        UsagePlacement placement,
        @Nullable Usage usage)
        implements Script {

    /** A call of one of the request's tools; its arguments are streamed in pieces, one output token each. */
    public record ToolCall(String name, String arguments) {}

    static final ChatScript DEFAULT = new ChatScript(
            List.of("Hello", " from", " the", " scripted", " provider", "."),
            List.of(),
            null,
            Duration.ZERO,
            Duration.ZERO,
            "stop",
            UsagePlacement.WHEN_ASKED,
            null);

    /** That many output tokens for each choice. */
    public ChatScript tokens(int count) {
        return words(IntStream.range(0, count).mapToObj(i -> " t" + i).toList());
    }

    public ChatScript words(List<String> content) {
        return new ChatScript(content, reasoning, toolCall, firstAfter, each, finishReason, placement, usage);
    }

    public ChatScript words(String... content) {
        return words(List.of(content));
    }

    public ChatScript reasoning(String... thoughts) {
        return new ChatScript(words, List.of(thoughts), toolCall, firstAfter, each, finishReason, placement, usage);
    }

    public ChatScript toolCall(String name, String arguments) {
        return new ChatScript(
                List.of(), reasoning, new ToolCall(name, arguments), firstAfter, each, "tool_calls", placement, usage);
    }

    public ChatScript firstAfter(Duration time) {
        return new ChatScript(words, reasoning, toolCall, time, each, finishReason, placement, usage);
    }

    public ChatScript each(Duration time) {
        return new ChatScript(words, reasoning, toolCall, firstAfter, time, finishReason, placement, usage);
    }

    public ChatScript finish(String reason) {
        return new ChatScript(words, reasoning, toolCall, firstAfter, each, reason, placement, usage);
    }

    public ChatScript usage(UsagePlacement where) {
        return new ChatScript(words, reasoning, toolCall, firstAfter, each, finishReason, where, usage);
    }

    public ChatScript usage(Usage numbers) {
        return new ChatScript(words, reasoning, toolCall, firstAfter, each, finishReason, placement, numbers);
    }

    /** As much as the request's {@code max_tokens} or {@code max_completion_tokens} allows, with finish_reason {@code length}. */
    ChatScript limitedTo(int maxTokens) {
        return words.size() <= maxTokens
                ? this
                : words(words.subList(0, maxTokens)).finish("length");
    }

    @Override
    public List<Step> steps(ReceivedRequest request) {
        return request.isStream() ? new ChatStream(this, request).steps() : new ChatAnswer(this, request).steps();
    }

    /** Output tokens of one choice. */
    long tokensOfAChoice() {
        return reasoning.size()
                + words.size()
                + (toolCall == null ? 0 : pieces(toolCall).size());
    }

    /** Usage of the whole answer: what was set, or what is counted. */
    Usage usageOf(ReceivedRequest request, int choices) {
        return usage == null
                ? new Usage(request.promptTokens(), tokensOfAChoice() * choices, 0, (long) reasoning.size() * choices)
                : usage;
    }

    /** Arguments as they are streamed: pieces of up to four characters. */
    static List<String> pieces(ToolCall call) {
        String arguments = call.arguments();
        return IntStream.iterate(0, from -> from < arguments.length(), from -> from + 4)
                .mapToObj(from -> arguments.substring(from, Math.min(arguments.length(), from + 4)))
                .toList();
    }

    static int choices(ReceivedRequest request) {
        return Math.max(1, request.json().path("n").asInt(1));
    }
}
