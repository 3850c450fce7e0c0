package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Name;

/** What OpenAI's APIs call the parts of a report of usage. */
record UsageWords(Name prompt, Name completion, Name promptDetails, Name completionDetails) {
    static final UsageWords CHAT =
            of("prompt_tokens", "completion_tokens", "prompt_tokens_details", "completion_tokens_details");

    static UsageWords of(String prompt, String completion, String promptDetails, String completionDetails) {
        return new UsageWords(Name.of(prompt), Name.of(completion), Name.of(promptDetails), Name.of(completionDetails));
    }
}
