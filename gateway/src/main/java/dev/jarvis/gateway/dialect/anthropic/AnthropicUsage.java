package dev.jarvis.gateway.dialect.anthropic;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.JsonKind;
import dev.jarvis.gateway.dialect.bytes.Name;
import dev.jarvis.gateway.dialect.usage.Counts;
import dev.jarvis.gateway.dialect.usage.UsageReading;
import dev.jarvis.platform.money.CountedUnit;

import java.util.Map;
import java.util.Optional;

/**
 * Sorts the {@code usage} of the Messages API into disjoint classes. In it the cached tokens stand beside
 * {@code input_tokens}, not within; {@code cache_creation} divides what was written by how long it is kept, and what it does
 * not mention was written for five minutes, the default. Thinking is part of {@code output_tokens}.
 *
 * <p>A stream reports twice: {@code message_start} what went in, {@code message_delta} the cumulative output and, of newer
 * servers, everything again. One object reads all of a stream's reports; of each number the last one counts.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, Messages</a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Anthropic, prompt caching</a>
 */
public final class AnthropicUsage {
    private static final Name INPUT = Name.of("input_tokens");
    private static final Name OUTPUT = Name.of("output_tokens");
    private static final Name CACHE_READ = Name.of("cache_read_input_tokens");
    private static final Name CACHE_WRITE = Name.of("cache_creation_input_tokens");
    private static final Name CACHE_CREATION = Name.of("cache_creation");
    private static final Name FIVE_MINUTES = Name.of("ephemeral_5m_input_tokens");
    private static final Name ONE_HOUR = Name.of("ephemeral_1h_input_tokens");
    private static final Name SERVICE_TIER = Name.of("service_tier");
    private static final Name SERVER_TOOL_USE = Name.of("server_tool_use");
    private static final Name WEB_SEARCHES = Name.of("web_search_requests");

    private boolean faulty;
    private long input;
    private long output;
    private long cacheRead;
    private long written;
    private long writtenFor5m;
    private long writtenFor1h;
    private long searches;
    private String serviceTier = "";

    /** Reads one report, the value that the cursor stands before, and says what all of them so far amount to. */
    public UsageReading read(JsonCursor json) {
        Counts counts = new Counts(json);
        if (json.kind() != JsonKind.NULL) {
            counts.members(() -> readMember(counts));
        } else {
            json.skipValue();
        }
        faulty |= counts.isFaulty();
        return sorted();
    }

    private boolean readMember(Counts counts) {
        if (counts.keyIs(INPUT)) {
            input = counts.read();
        } else if (counts.keyIs(OUTPUT)) {
            output = counts.read();
        } else if (counts.keyIs(CACHE_READ)) {
            cacheRead = counts.read();
        } else if (counts.keyIs(CACHE_WRITE)) {
            written = counts.read();
        } else if (counts.keyIs(CACHE_CREATION)) {
            counts.members(() -> readCacheCreation(counts));
        } else if (counts.keyIs(SERVER_TOOL_USE)) {
            counts.members(() -> readServerTools(counts));
        } else if (counts.keyIs(SERVICE_TIER)) {
            serviceTier = counts.text();
        } else {
            return false;
        }
        return true;
    }

    private boolean readCacheCreation(Counts counts) {
        if (counts.keyIs(FIVE_MINUTES)) {
            writtenFor5m = counts.read();
        } else if (counts.keyIs(ONE_HOUR)) {
            writtenFor1h = counts.read();
        } else {
            return false;
        }
        return true;
    }

    private boolean readServerTools(Counts counts) {
        if (counts.keyIs(WEB_SEARCHES)) {
            searches = counts.read();
            return true;
        }
        return false;
    }

    private UsageReading sorted() {
        long divided = writtenFor5m + writtenFor1h;
        if (faulty || written > 0 && divided > written) {
            return UsageReading.IMPLAUSIBLE;
        }
        long write = Math.max(written, divided);
        if (input + output + cacheRead + write == 0) {
            return UsageReading.MISSING;
        }
        return new UsageReading.Reported(
                new TokenUsage(input, cacheRead, write - writtenFor1h, writtenFor1h, output, 0, 0, 0, 0),
                searches == 0 ? Map.of() : Map.of(CountedUnit.SEARCHES, searches),
                serviceTier.isEmpty() ? Optional.empty() : Optional.of(serviceTier));
    }
}
