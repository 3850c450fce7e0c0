package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatStreamTap.Kind;
import dev.jarvis.gateway.dialect.sse.Event;
import dev.jarvis.gateway.dialect.sse.Feeding;
import dev.jarvis.gateway.meter.Delivered;
import dev.jarvis.platform.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class GoldenStreamsTest {
    private static final Pattern EVENT_END = Pattern.compile("\r?\n\r?\n");

    /** @param generated all text that the model wrote, as it stands in the JSON */
    record Golden(String name, int choices, TokenUsage usage, String model, int events, String generated) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> goldens() {
        return Stream.of(
                new Golden(
                        "openai",
                        1,
                        TokenUsage.of(19, 10),
                        "gpt-4o-mini-2024-07-18",
                        3,
                        "Hello, wörld \\ud83d\\ude00 \\\"quoted\\\""),
                new Golden("azure", 1, usage(11, 1280, 0, 3, 0), "gpt-4o-2024-11-20", 2, "Guten Tag"),
                new Golden("deepseek", 1, usage(19, 64, 0, 16, 41), "deepseek-reasoner", 4, "用户想要打招呼。你好！"),
                new Golden("qwen", 1, TokenUsage.of(22, 17), "qwen-plus", 2, "我是来自阿里云的大规模语言模型"),
                new Golden(
                        "openrouter", 1, usage(100, 1000, 100, 13, 12), "anthropic/claude-sonnet-4", 3, "Let meSure!"),
                new Golden("groq", 1, TokenUsage.of(45, 3), "llama-3.3-70b-versatile", 2, "Fast answer"),
                new Golden("mistral", 1, TokenUsage.of(13, 7), "mistral-small-latest", 3, "ThinkBonjour"),
                new Golden(
                        "vllm-usage-in-every-chunk",
                        1,
                        TokenUsage.of(36, 3),
                        "meta-llama/Llama-3.1-8B-Instruct",
                        2,
                        "one two"),
                new Golden(
                        "ollama",
                        1,
                        TokenUsage.of(169, 41),
                        "qwen3:8b",
                        3,
                        "I should call.get_weather{\\\"city\\\":\\\"Paris\\\"}get_time{}"),
                new Golden(
                        "openai-tools",
                        1,
                        TokenUsage.of(76, 50),
                        "gpt-4o-mini-2024-07-18",
                        5,
                        "get_weather{\\\"location\\\":\\\"Paris, France\\\"}get_weather{\\\"location\\\":\\\"Bogotá\\\"}"),
                new Golden(
                        "openai-two-choices-with-logprobs",
                        2,
                        TokenUsage.of(9, 6),
                        "gpt-4o-mini-2024-07-18",
                        3,
                        "HiHey there"),
                new Golden("openai-refusal", 1, TokenUsage.of(79, 11), "gpt-4o-mini-2024-07-18", 2, "I'm sorry, no."),
                new Golden(
                        "openai-audio",
                        1,
                        new TokenUsage(17, 0, 0, 0, 14, 0, 93, 50, 0),
                        "gpt-4o-audio-preview-2025-06-03",
                        2,
                        "Hello"),
                new Golden("moonshot", 1, usage(3, 16, 0, 13, 0), "kimi-k2-turbo-preview", 2, "你好，世界"),
                new Golden("gemini", 1, usage(8, 0, 0, 4, 121), "gemini-2.5-flash", 2, "Hi there"),
                new Golden("xai", 1, usage(26, 6, 0, 9, 94), "grok-4", 2, "42"),
                new Golden("crlf-and-no-space", 1, TokenUsage.of(6, 4), "spark", 1, "分行\u2028符"));
    }

    private static TokenUsage usage(long input, long cached, long written, long output, long reasoning) {
        return new TokenUsage(input, cached, written, 0, output, reasoning, 0, 0, 0);
    }

    /** What came of one way to slice the stream. */
    private record Replay(ChatStreamTap tap, List<Kind> kinds, byte[] relayed, byte[] withoutUsage) {}

    private static Replay replay(Golden golden, byte[] stream, IntSupplier sizes) {
        ChatStreamTap tap = new ChatStreamTap(golden.choices(), OptionalLong.empty());
        List<Kind> kinds = new ArrayList<>();
        List<Slice> relayed = new ArrayList<>();
        List<Slice> without = new ArrayList<>();
        Feeding.Fed fed = Feeding.feed(stream, sizes);
        for (Event event : fed.events()) {
            Kind kind = tap.read(event);
            if (!event.isLineFeed()) {
                kinds.add(kind);
            }
            relayed.add(event.raw());
            without.addAll(tap.withoutUsage());
        }
        relayed.add(fed.rest());
        without.add(fed.rest());
        return new Replay(tap, kinds, Feeding.joined(relayed), Feeding.joined(without));
    }

    private static void check(Golden golden, byte[] stream, Replay replay, String how) {
        assertThat(replay.relayed()).as(how).isEqualTo(stream);
        assertThat(replay.tap().usage()).as(how).contains(golden.usage());
        assertThat(replay.tap().isComplete()).isTrue();
        assertThat(replay.tap().isDone()).isTrue();
        assertThat(replay.tap().finishedChoices()).isEqualTo(golden.choices());
        assertThat(replay.tap().servedModel()).contains(golden.model());
        assertThat(replay.tap().upstreamId()).isPresent();
        assertThat(replay.tap().sawImplausibleUsage()).isFalse();
        assertThat(replay.tap().malformedEvents()).isZero();
        byte[] text = golden.generated().getBytes(UTF_8);
        long nonAscii = 0;
        for (byte b : text) {
            nonAscii += b < 0 ? 1 : 0;
        }
        assertThat(replay.tap().delivered()).as(how).isEqualTo(new Delivered(golden.events(), text.length, nonAscii));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void t1_replayedInAnySlicesIsByteIdenticalWithTheSameUsage(Golden golden) {
        byte[] stream = GoldenStreams.read(golden.name());
        Replay whole = replay(golden, stream, Feeding.whole());
        check(golden, stream, whole, "whole");
        check(golden, stream, replay(golden, stream, Feeding.every(1)), "one byte at a time");
        check(golden, stream, replay(golden, stream, Feeding.every(7)), "seven bytes at a time");
        long seed = System.nanoTime();
        Random seeds = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String how = "slicing " + i + " of seed " + seed;
            Replay sliced = replay(golden, stream, Feeding.random(seeds.nextLong()));
            check(golden, stream, sliced, how);
            assertThat(sliced.kinds()).as(how).isEqualTo(whole.kinds());
            assertThat(sliced.withoutUsage()).as(how).isEqualTo(whole.withoutUsage());
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void t17_clientWithoutIncludeUsageSeesNoneOfItAndAllElse(Golden golden) {
        byte[] stream = GoldenStreams.read(golden.name());
        Replay replay = replay(golden, stream, Feeding.whole());
        assertThat(events(replay.withoutUsage())).isEqualTo(expectedWithoutUsage(stream));
        String crlf = new String(stream, UTF_8).contains("\r\n") ? "\r\n\r\n" : "\n\n";
        assertThat(new String(replay.withoutUsage(), UTF_8)).endsWith("[DONE]" + crlf);
    }

    /** The same with a JSON tree: drop chunks that are usage alone, and the member elsewhere. */
    private static List<String> expectedWithoutUsage(byte[] stream) {
        List<String> kept = new ArrayList<>();
        for (String event : events(stream)) {
            int json = event.indexOf('{');
            if (json < 0) {
                kept.add(event);
                continue;
            }
            ObjectNode chunk = (ObjectNode) Json.MAPPER.readTree(event.substring(json));
            JsonNode usage = chunk.remove("usage");
            if (usage == null || usage.isNull() || !chunk.get("choices").isEmpty()) {
                kept.add(event.substring(0, json) + chunk);
            }
        }
        return kept;
    }

    private static List<String> events(byte[] stream) {
        List<String> events = new ArrayList<>();
        for (String event : EVENT_END.split(new String(stream, UTF_8))) {
            int json = event.indexOf('{');
            events.add(json < 0 ? event : event.substring(0, json) + Json.MAPPER.readTree(event.substring(json)));
        }
        return events;
    }
}
