package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;

/**
 * Sorts a {@code usage} object of the OpenAI dialect into disjoint classes. In it cached, written and audio tokens are
 * parts of {@code prompt_tokens}; reasoning and audio are parts of {@code completion_tokens}. The exceptions are told
 * by {@code total_tokens}: xAI counts reasoning beside the completion, and Gemini's OpenAI endpoint leaves its thoughts
 * out of everything but the total. They were generated and are billed, so what the total has more is reasoning.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI, the chat completion object</a>
 * @see <a href="https://api-docs.deepseek.com/api/create-chat-completion">DeepSeek, prompt_cache_hit_tokens</a>
 */
final class OpenAiUsage {
    private static final long MOST = 1_000_000_000_000L;

    private static final Name PROMPT = Name.of("prompt_tokens");
    private static final Name COMPLETION = Name.of("completion_tokens");
    private static final Name TOTAL = Name.of("total_tokens");
    private static final Name PROMPT_DETAILS = Name.of("prompt_tokens_details");
    private static final Name COMPLETION_DETAILS = Name.of("completion_tokens_details");
    private static final Name CACHED = Name.of("cached_tokens");
    private static final Name CACHE_HIT = Name.of("prompt_cache_hit_tokens");
    private static final Name CACHE_WRITE = Name.of("cache_write_tokens");
    private static final Name CACHE_CREATION = Name.of("cache_creation_tokens");
    private static final Name CACHE_CREATION_INPUT = Name.of("cache_creation_input_tokens");
    private static final Name AUDIO = Name.of("audio_tokens");
    private static final Name REASONING = Name.of("reasoning_tokens");

    private final JsonCursor json;
    private boolean faulty;
    private boolean given;
    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long written;
    private long audioIn;
    private long audioOut;
    private long reasoning;

    private OpenAiUsage(JsonCursor json) {
        this.json = json;
    }

    /** Reads the value that the cursor stands before. */
    static UsageReading read(JsonCursor json) {
        JsonKind kind = json.kind();
        if (kind != JsonKind.OBJECT) {
            json.skipValue();
            return kind == JsonKind.NULL ? UsageReading.MISSING : UsageReading.IMPLAUSIBLE;
        }
        OpenAiUsage usage = new OpenAiUsage(json);
        usage.readMembers();
        return usage.sorted();
    }

    private void readMembers() {
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(PROMPT)) {
                given = true;
                prompt = count();
            } else if (json.keyIs(COMPLETION)) {
                given = true;
                completion = count();
            } else if (json.keyIs(TOTAL)) {
                total = count();
            } else if (json.keyIs(PROMPT_DETAILS)) {
                readDetails(true);
            } else if (json.keyIs(COMPLETION_DETAILS)) {
                readDetails(false);
            } else if (json.keyIs(CACHE_HIT) || json.keyIs(CACHED)) {
                cached = Math.max(cached, count());
            } else {
                json.skipValue();
            }
        }
    }

    private void readDetails(boolean ofPrompt) {
        if (json.kind() != JsonKind.OBJECT) {
            faulty |= json.kind() != JsonKind.NULL;
            json.skipValue();
            return;
        }
        json.beginObject();
        while (json.nextMember()) {
            if (ofPrompt) {
                readPromptDetail();
            } else {
                readCompletionDetail();
            }
        }
    }

    private void readPromptDetail() {
        if (json.keyIs(CACHED)) {
            cached = Math.max(cached, count());
        } else if (json.keyIs(CACHE_WRITE) || json.keyIs(CACHE_CREATION) || json.keyIs(CACHE_CREATION_INPUT)) {
            written = Math.max(written, count());
        } else if (json.keyIs(AUDIO)) {
            audioIn = count();
        } else {
            json.skipValue();
        }
    }

    private void readCompletionDetail() {
        if (json.keyIs(REASONING)) {
            reasoning = count();
        } else if (json.keyIs(AUDIO)) {
            audioOut = count();
        } else {
            json.skipValue();
        }
    }

    private long count() {
        JsonKind kind = json.kind();
        json.skipValue();
        if (kind == JsonKind.NULL) {
            return 0;
        }
        long count = kind == JsonKind.NUMBER ? json.integer().orElse(-1) : -1;
        if (count < 0 || count > MOST) {
            faulty = true;
            return 0;
        }
        return count;
    }

    private UsageReading sorted() {
        long most = Math.max(Math.max(cached, written), audioIn);
        if (faulty || most > prompt && given || audioOut > completion) {
            return UsageReading.IMPLAUSIBLE;
        }
        if (prompt + completion == 0) {
            return UsageReading.MISSING;
        }
        long beside = Math.max(0, total - prompt - completion);
        boolean isBeside = beside > 0 && (reasoning == 0 || reasoning == beside || reasoning > completion);
        if (!isBeside && reasoning > completion) {
            return UsageReading.IMPLAUSIBLE;
        }
        long thought = isBeside ? beside : reasoning;
        long within = isBeside ? 0 : reasoning;
        // A cached token may be an audio token too: counted once, as cached.
        long write = Math.min(written, prompt - cached);
        long heard = Math.min(audioIn, prompt - cached - write);
        long spoken = Math.min(audioOut, completion - within);
        return new UsageReading.Reported(new TokenUsage(
                prompt - cached - write - heard,
                cached,
                write,
                0,
                completion - within - spoken,
                thought,
                heard,
                spoken,
                0));
    }
}
