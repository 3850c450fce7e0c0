package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.usage.UsageReading;

/**
 * Sorts the {@code usage} of the Responses API into disjoint classes: the same report as of chat completions, in other words.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/object">OpenAI, the response object</a>
 */
public final class ResponsesUsage {
    private static final UsageWords WORDS =
            UsageWords.of("input_tokens", "output_tokens", "input_tokens_details", "output_tokens_details");

    private ResponsesUsage() {}

    /** Reads the value that the cursor stands before. */
    public static UsageReading read(JsonCursor json) {
        return OpenAiUsage.read(json, WORDS);
    }
}
