package dev.jarvis.testkit.provider;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Usage as OpenAI reports it: cached tokens are part of prompt tokens, reasoning tokens part of completion tokens.
 *
 * @param cached tokens of the prompt that were read from the cache
 * @param reasoning tokens of the completion that were reasoning
 */
public record Usage(long prompt, long completion, long cached, long reasoning) {
    public static Usage of(long prompt, long completion) {
        return new Usage(prompt, completion, 0, 0);
    }

    ObjectNode json() {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", completion);
        usage.put("total_tokens", prompt + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", reasoning)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage;
    }
}
