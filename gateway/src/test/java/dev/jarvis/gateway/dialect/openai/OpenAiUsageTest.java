package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.usage.UsageReading;
import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class OpenAiUsageTest {
    private static UsageReading read(String json) {
        return OpenAiUsage.read(JsonCursor.lenient().reset(Slice.of(json)));
    }

    private static TokenUsage tokens(String json) {
        assertThat(read(json)).isInstanceOf(UsageReading.Reported.class);
        return ((UsageReading.Reported) read(json)).tokens();
    }

    @Test
    void classesAreDisjointAndSumUpToTheProvidersTotal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            long prompt = 1 + random.nextInt(100_000);
            long completion = random.nextInt(10_000);
            long cached = random.nextLong(prompt + 1);
            long written = random.nextLong(prompt + 1);
            long audioIn = random.nextLong(prompt + 1);
            long reasoning = random.nextLong(completion + 1);
            long audioOut = random.nextLong(completion + 1);
            boolean beside = random.nextBoolean();
            String json = ("{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
                            + "\"prompt_tokens_details\":{\"cached_tokens\":%d,\"cache_write_tokens\":%d,\"audio_tokens\":%d},"
                            + "\"completion_tokens_details\":{\"reasoning_tokens\":%d,\"audio_tokens\":%d}}")
                    .formatted(
                            prompt,
                            completion,
                            prompt + completion + (beside ? reasoning : 0),
                            cached,
                            written,
                            audioIn,
                            reasoning,
                            audioOut);
            TokenUsage usage = tokens(json);
            assertThat(usage.total())
                    .as("seed %d round %d: %s", seed, round, json)
                    .isEqualTo(prompt + completion + (beside ? reasoning : 0));
            assertThat(usage.input() + usage.cacheRead() + usage.cacheWrite5m() + usage.audioIn())
                    .isEqualTo(prompt);
            assertThat(usage.cacheRead()).isEqualTo(cached);
            assertThat(usage.reasoning()).isEqualTo(reasoning);
        }
    }

    @Test
    void deepSeeksCacheHitsAreCountedOnce() {
        String hits =
                "{\"prompt_tokens\":83,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":64,\"prompt_cache_miss_tokens\":19";
        TokenUsage expected = new TokenUsage(19, 64, 0, 0, 5, 0, 0, 0, 0);
        assertThat(tokens(hits + "}")).isEqualTo(expected);
        assertThat(tokens(hits + ",\"prompt_tokens_details\":{\"cached_tokens\":64}}"))
                .isEqualTo(expected);
    }

    @Test
    void reasoningInsideTheCompletionIsTakenOutOfIt() {
        assertThat(tokens("{\"prompt_tokens\":9,\"completion_tokens\":50,\"total_tokens\":59,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":40,\"audio_tokens\":null}}"))
                .isEqualTo(new TokenUsage(9, 0, 0, 0, 10, 40, 0, 0, 0));
    }

    @Test
    void reasoningBesideTheCompletionIsAdded() {
        TokenUsage expected = new TokenUsage(9, 0, 0, 0, 5, 40, 0, 0, 0);
        assertThat(tokens("{\"prompt_tokens\":9,\"completion_tokens\":5,\"total_tokens\":54,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":40}}"))
                .isEqualTo(expected);
        assertThat(tokens("{\"prompt_tokens\":9,\"completion_tokens\":5,\"total_tokens\":54}"))
                .isEqualTo(expected);
    }

    @Test
    void tokensBothCachedAndHeardAreCountedAsCached() {
        assertThat(tokens("{\"prompt_tokens\":10,\"completion_tokens\":1,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":8,\"audio_tokens\":6}}"))
                .isEqualTo(new TokenUsage(0, 8, 0, 0, 1, 0, 2, 0, 0));
    }

    @Test
    void totalThatIsTooSmallIsIgnored() {
        assertThat(tokens("{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":0}"))
                .isEqualTo(TokenUsage.of(10, 2));
    }

    @Test
    void nothingReportedIsMissingAndNoFault() {
        assertThat(read("null")).isEqualTo(UsageReading.MISSING);
        assertThat(read("{}")).isEqualTo(UsageReading.MISSING);
        assertThat(read("{\"prompt_tokens\":null,\"completion_tokens\":null}")).isEqualTo(UsageReading.MISSING);
        assertThat(read("{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}"))
                .isEqualTo(UsageReading.MISSING);
    }
}
