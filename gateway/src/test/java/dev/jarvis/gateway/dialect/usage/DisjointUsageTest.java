package dev.jarvis.gateway.dialect.usage;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.anthropic.AnthropicUsage;
import dev.jarvis.gateway.dialect.bytes.JsonCursor;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.gemini.GeminiUsage;
import dev.jarvis.gateway.dialect.openai.ResponsesUsage;
import dev.jarvis.platform.money.CountedUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a provider reports, the classes do not overlap: their sum is the provider's total. */
class DisjointUsageTest {
    private static final int ROUNDS = 5_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void anthropicsClassesSumUpToAllFourOfItsNumbers() {
        for (int round = 0; round < ROUNDS; round++) {
            long input = random.nextInt(100_000);
            long read = random.nextInt(100_000);
            long written = random.nextInt(100_000);
            long forAnHour = random.nextLong(written + 1);
            long forFiveMinutes = random.nextLong(written - forAnHour + 1);
            long output = 1 + random.nextInt(10_000);
            TokenUsage usage = tokens(new AnthropicUsage()
                    .read(cursor(("""
                    {"input_tokens":%d,"cache_read_input_tokens":%d,"cache_creation_input_tokens":%d,"output_tokens":%d,
                    "cache_creation":{"ephemeral_5m_input_tokens":%d,"ephemeral_1h_input_tokens":%d}}""").formatted(input, read, written, output, forFiveMinutes, forAnHour))));

            assertThat(usage.total()).as("seed %d round %d", seed, round).isEqualTo(input + read + written + output);
            assertThat(usage.cacheWrite1h()).isEqualTo(forAnHour);
            assertThat(usage.input()).isEqualTo(input);
        }
    }

    @Test
    void geminisClassesSumUpToItsTotal() {
        for (int round = 0; round < ROUNDS; round++) {
            long prompt = random.nextInt(100_000);
            long cached = random.nextLong(prompt + 1);
            long tools = random.nextInt(1_000);
            long candidates = 1 + random.nextInt(10_000);
            long thoughts = random.nextInt(10_000);
            boolean thoughtsTold = random.nextBoolean();
            long heard = random.nextLong(prompt + 1);
            long seen = random.nextLong(prompt - heard + 1);
            long spoken = random.nextLong(candidates + 1);
            long total = prompt + tools + candidates + thoughts;
            TokenUsage usage = tokens(GeminiUsage.read(cursor(("""
                    {"promptTokenCount":%d,"cachedContentTokenCount":%d,"toolUsePromptTokenCount":%d,
                    "candidatesTokenCount":%d,%s"totalTokenCount":%d,
                    "promptTokensDetails":[{"modality":"AUDIO","tokenCount":%d},{"modality":"IMAGE","tokenCount":%d}],
                    "cacheTokensDetails":[{"modality":"AUDIO","tokenCount":%d}],
                    "candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":%d}]}""")
                    .formatted(
                            prompt,
                            cached,
                            tools,
                            candidates,
                            thoughtsTold ? "\"thoughtsTokenCount\":" + thoughts + "," : "",
                            total,
                            heard,
                            seen,
                            Math.min(heard, cached),
                            spoken))));

            assertThat(usage.total()).as("seed %d round %d", seed, round).isEqualTo(total);
            assertThat(usage.totalInput()).isEqualTo(prompt + tools);
            assertThat(usage.cacheRead()).isEqualTo(cached);
            assertThat(usage.reasoning()).isEqualTo(thoughts);
        }
    }

    @Test
    void theResponsesApisClassesSumUpToItsTotal() {
        for (int round = 0; round < ROUNDS; round++) {
            long input = 1 + random.nextInt(100_000);
            long cached = random.nextLong(input + 1);
            long output = random.nextInt(10_000);
            long reasoning = random.nextLong(output + 1);
            TokenUsage usage = tokens(
                    ResponsesUsage.read(cursor(("""
                    {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d,
                    "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}""").formatted(input, cached, output, reasoning, input + output))));

            assertThat(usage)
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(new TokenUsage(input - cached, cached, 0, 0, output - reasoning, reasoning, 0, 0, 0));
        }
    }

    @Test
    void aStreamOfAnthropicsReportsTwiceAndOfEachNumberTheLastCounts() {
        AnthropicUsage usage = new AnthropicUsage();
        usage.read(cursor("""
                {"input_tokens":25,"cache_creation_input_tokens":100,"cache_read_input_tokens":7,"output_tokens":1,
                "cache_creation":{"ephemeral_1h_input_tokens":100},"service_tier":"standard"}"""));

        UsageReading after = usage.read(cursor("""
                {"output_tokens":215,"server_tool_use":{"web_search_requests":2}}"""));

        assertThat(tokens(after)).isEqualTo(new TokenUsage(25, 7, 0, 100, 215, 0, 0, 0, 0));
        assertThat(((UsageReading.Reported) after).serviceTier()).contains("standard");
        assertThat(((UsageReading.Reported) after).units()).containsEntry(CountedUnit.SEARCHES, 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input_tokens\":-1,\"output_tokens\":1}",
                "{\"input_tokens\":\"7\",\"output_tokens\":1}",
                "{\"input_tokens\":1.5,\"output_tokens\":1}",
                "{\"input_tokens\":1e30,\"output_tokens\":1}",
                "{\"input_tokens\":1,\"cache_creation_input_tokens\":5,"
                        + "\"cache_creation\":{\"ephemeral_1h_input_tokens\":6},\"output_tokens\":1}",
                "[]",
            })
    void whatCannotBeTrueIsNotBelieved(String usage) {
        assertThat(new AnthropicUsage().read(cursor(usage))).isEqualTo(UsageReading.IMPLAUSIBLE);
    }

    @Test
    void whatCannotBeTrueOfGeminiIsNotBelievedEither() {
        assertThat(GeminiUsage.read(cursor("{\"promptTokenCount\":5,\"cachedContentTokenCount\":6}")))
                .isEqualTo(UsageReading.IMPLAUSIBLE);
        assertThat(GeminiUsage.read(cursor("\"7\""))).isEqualTo(UsageReading.IMPLAUSIBLE);
        assertThat(GeminiUsage.read(cursor("null"))).isEqualTo(UsageReading.MISSING);
        assertThat(GeminiUsage.read(cursor("{}"))).isEqualTo(UsageReading.MISSING);
        assertThat(new AnthropicUsage().read(cursor("null"))).isEqualTo(UsageReading.MISSING);
    }

    private static JsonCursor cursor(String json) {
        return JsonCursor.lenient().reset(Slice.of(json));
    }

    private static TokenUsage tokens(UsageReading reading) {
        assertThat(reading).isInstanceOf(UsageReading.Reported.class);
        return ((UsageReading.Reported) reading).tokens();
    }
}
