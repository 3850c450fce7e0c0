package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.gateway.dialect.usage.Counts;
import dev.jarvis.gateway.dialect.usage.UsageReading;

/**
 * Sorts a {@code usage} object of the OpenAI dialect into disjoint classes. In it cached, written and audio tokens are
 * parts of {@code prompt_tokens}; reasoning and audio are parts of {@code completion_tokens}. The exceptions are told
 * by {@code total_tokens}: xAI counts reasoning beside the completion, and Gemini's OpenAI endpoint leaves its thoughts
 * out of everything but the total. They were generated and are billed, so what the total has more is reasoning.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI, the chat completion object</a>
 * @see <a href="https://api-docs.deepseek.com/api/create-chat-completion">DeepSeek, prompt_cache_hit_tokens</a>
 */
public final class OpenAiUsage {
    private static final Name TOTAL = Name.of("total_tokens");
    private static final Name CACHED = Name.of("cached_tokens");
    private static final Name CACHE_HIT = Name.of("prompt_cache_hit_tokens");
    private static final Name CACHE_WRITE = Name.of("cache_write_tokens");
    private static final Name CACHE_CREATION = Name.of("cache_creation_tokens");
    private static final Name CACHE_CREATION_INPUT = Name.of("cache_creation_input_tokens");
    private static final Name AUDIO = Name.of("audio_tokens");
    private static final Name IMAGE = Name.of("image_tokens");
    private static final Name REASONING = Name.of("reasoning_tokens");

    private final JsonCursor json;
    private final UsageWords words;
    private final Counts counts;
    private boolean given;
    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long written;
    private long audioIn;
    private long audioOut;
    private long imageIn;
    private long reasoning;

    private OpenAiUsage(JsonCursor json, UsageWords words) {
        this.json = json;
        this.words = words;
        this.counts = new Counts(json);
    }

    /** Reads the value that the cursor stands before. */
    public static UsageReading read(JsonCursor json) {
        return read(json, UsageWords.CHAT);
    }

    static UsageReading read(JsonCursor json, UsageWords words) {
        JsonKind kind = json.kind();
        if (kind != JsonKind.OBJECT) {
            json.skipValue();
            return kind == JsonKind.NULL ? UsageReading.MISSING : UsageReading.IMPLAUSIBLE;
        }
        OpenAiUsage usage = new OpenAiUsage(json, words);
        usage.readMembers();
        return usage.sorted();
    }

    private void readMembers() {
        json.beginObject();
        while (json.nextMember()) {
            if (json.keyIs(words.prompt())) {
                given = true;
                prompt = counts.read();
            } else if (json.keyIs(words.completion())) {
                given = true;
                completion = counts.read();
            } else if (json.keyIs(TOTAL)) {
                total = counts.read();
            } else if (json.keyIs(words.promptDetails())) {
                counts.members(this::readPromptDetail);
            } else if (json.keyIs(words.completionDetails())) {
                counts.members(this::readCompletionDetail);
            } else if (json.keyIs(CACHE_HIT) || json.keyIs(CACHED)) {
                cached = Math.max(cached, counts.read());
            } else {
                json.skipValue();
            }
        }
    }

    private boolean readPromptDetail() {
        if (json.keyIs(CACHED)) {
            cached = Math.max(cached, counts.read());
        } else if (json.keyIs(CACHE_WRITE) || json.keyIs(CACHE_CREATION) || json.keyIs(CACHE_CREATION_INPUT)) {
            written = Math.max(written, counts.read());
        } else if (json.keyIs(AUDIO)) {
            audioIn = counts.read();
        } else if (json.keyIs(IMAGE)) {
            imageIn = counts.read();
        } else {
            return false;
        }
        return true;
    }

    private boolean readCompletionDetail() {
        if (json.keyIs(REASONING)) {
            reasoning = counts.read();
        } else if (json.keyIs(AUDIO)) {
            audioOut = counts.read();
        } else {
            return false;
        }
        return true;
    }

    private UsageReading sorted() {
        long most = Math.max(Math.max(cached, written), Math.max(audioIn, imageIn));
        if (counts.isFaulty() || most > prompt && given || audioOut > completion) {
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
        // A cached token may be an audio or image token too: counted once, as cached.
        long write = Math.min(written, prompt - cached);
        long heard = Math.min(audioIn, prompt - cached - write);
        long seen = Math.min(imageIn, prompt - cached - write - heard);
        long spoken = Math.min(audioOut, completion - within);
        return new UsageReading.Reported(new TokenUsage(
                prompt - cached - write - heard - seen,
                cached,
                write,
                0,
                completion - within - spoken,
                thought,
                heard,
                spoken,
                seen));
    }
}
