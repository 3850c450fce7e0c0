package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatStreamTap.Kind;
import dev.jarvis.gateway.dialect.sse.Event;
import dev.jarvis.gateway.dialect.sse.Feeding;
import dev.jarvis.gateway.meter.Delivered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ChatStreamTapTest {
    private static final String ROLE = chunk("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}", "");
    private static final String WORD = word("");
    private static final String STOP = chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", "");
    private static final String DONE = "[DONE]";

    private final ChatStreamTap tap = new ChatStreamTap(1, OptionalLong.empty());

    private static String chunk(String choices, String more) {
        return "{\"id\":\"c\",\"model\":\"m\",\"choices\":[" + choices + "]" + more + "}";
    }

    private static String word(String more) {
        return chunk("{\"index\":0,\"delta\":{\"content\":\"word\"},\"finish_reason\":null}", more);
    }

    private static String usage(long prompt, long completion) {
        return ",\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + ",\"total_tokens\":"
                + (prompt + completion) + "}";
    }

    private static Event event(String text) {
        return Feeding.feed(text.getBytes(UTF_8), Feeding.whole()).events().getFirst();
    }

    private Kind read(String data) {
        return tap.read(event("data: " + data + "\n\n"));
    }

    private String withoutUsage() {
        return new String(Feeding.joined(tap.withoutUsage()), UTF_8);
    }

    static Stream<Arguments> placements() {
        String stopped = chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", usage(9, 3));
        return Stream.of(
                Arguments.of("in the choice chunk", List.of(ROLE, WORD, stopped, DONE), TokenUsage.of(9, 3)),
                Arguments.of(
                        "with empty choices",
                        List.of(ROLE, WORD, STOP, chunk("", usage(9, 3)), DONE),
                        TokenUsage.of(9, 3)),
                Arguments.of(
                        "in every chunk, cumulative",
                        List.of(word(usage(9, 1)), word(usage(9, 2)), word(usage(9, 3)), STOP, DONE),
                        TokenUsage.of(9, 3)),
                Arguments.of(
                        "first zero, then real",
                        List.of(word(usage(0, 0)), WORD, STOP, chunk("", usage(9, 3)), DONE),
                        TokenUsage.of(9, 3)),
                Arguments.of("null", List.of(word(",\"usage\":null"), STOP, DONE), null),
                Arguments.of("after [DONE]", List.of(WORD, STOP, DONE, chunk("", usage(9, 3))), TokenUsage.of(9, 3)),
                Arguments.of(
                        "twice with different values",
                        List.of(WORD, STOP, chunk("", usage(9, 2)), chunk("", usage(9, 3)), DONE),
                        TokenUsage.of(9, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("placements")
    void t16_findsUsageWhereverItIs(String where, List<String> events, TokenUsage expected) {
        events.forEach(this::read);
        assertThat(tap.usage()).isEqualTo(Optional.ofNullable(expected));
        assertThat(tap.isComplete()).isTrue();
        assertThat(tap.sawImplausibleUsage()).isFalse();
    }

    @Test
    void realUsageIsNotTakenBackByZeroOrNull() {
        read(chunk("", usage(9, 3)));
        read(chunk("", usage(0, 0)));
        read(chunk("", ",\"usage\":null"));
        assertThat(tap.usage()).contains(TokenUsage.of(9, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":-1,\"completion_tokens\":3}",
                "{\"prompt_tokens\":\"9\",\"completion_tokens\":3}",
                "{\"prompt_tokens\":9,\"completion_tokens\":1000000000000000000}",
                "{\"prompt_tokens\":9,\"completion_tokens\":99999999999999999999999}",
                "{\"prompt_tokens\":9,\"completion_tokens\":1000000000001}",
                "{\"prompt_tokens\":9,\"completion_tokens\":3.5}",
                "{\"prompt_tokens\":9,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":10}}",
                "{\"prompt_tokens\":9,\"completion_tokens\":3,\"completion_tokens_details\":{\"reasoning_tokens\":4}}",
                "{\"prompt_tokens\":9,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":-2}}",
                "\"9\"",
                "[]"
            })
    void u10_usageThatCannotBeTrueIsRefusedAndFlagged(String usage) {
        read(word(",\"usage\":" + usage));
        assertThat(tap.usage()).isEmpty();
        assertThat(tap.sawImplausibleUsage()).isTrue();
        read(chunk("", usage(9, 3)));
        assertThat(tap.usage()).contains(TokenUsage.of(9, 3));
    }

    @ParameterizedTest
    @CsvSource({"100, 1, 200, true", "100, 1, 317, false", "100, 3, 600, true", "100, 3, 700, false", "1, 1, 5, true"})
    void u10_usageFarBeyondTheRequestsLimitIsNotBelieved(long max, int choices, long completion, boolean believed) {
        ChatStreamTap limited = new ChatStreamTap(choices, OptionalLong.of(max));
        limited.read(event("data: " + chunk("", usage(9, completion)) + "\n\n"));
        assertThat(limited.usage().isPresent()).isEqualTo(believed);
        assertThat(limited.sawImplausibleUsage()).isEqualTo(!believed);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(ROLE, Kind.LIFECYCLE),
                Arguments.of(chunk("", ""), Kind.LIFECYCLE),
                Arguments.of(chunk("", ",\"usage\":null"), Kind.LIFECYCLE),
                Arguments.of(chunk("", ",\"prompt_filter_results\":[{}]"), Kind.LIFECYCLE),
                Arguments.of(
                        chunk("{\"delta\":{\"content\":null,\"reasoning_content\":\"\",\"tool_calls\":[]}}", ""),
                        Kind.LIFECYCLE),
                Arguments.of(chunk("{\"delta\":{\"content\":\"\"},\"finish_reason\":\"\"}", ""), Kind.LIFECYCLE),
                Arguments.of(WORD, Kind.CONTENT),
                Arguments.of(word(usage(1, 1)), Kind.CONTENT),
                Arguments.of(STOP, Kind.CONTENT),
                Arguments.of(chunk("{\"delta\":{\"reasoning\":\"r\"}}", ""), Kind.CONTENT),
                Arguments.of(chunk("{\"delta\":{\"refusal\":\"r\"}}", ""), Kind.CONTENT),
                Arguments.of(chunk("{\"delta\":{\"images\":[{\"type\":\"image_url\"}]}}", ""), Kind.CONTENT),
                Arguments.of(chunk("{\"delta\":{\"audio\":{\"data\":\"AAAA\"}}}", ""), Kind.CONTENT),
                Arguments.of(chunk("{\"text\":\"legacy\"}", ""), Kind.CONTENT),
                Arguments.of(chunk("", usage(1, 1)), Kind.USAGE_ONLY),
                Arguments.of("{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}", Kind.USAGE_ONLY),
                Arguments.of("{\"error\":{\"message\":\"x\"}}", Kind.ERROR),
                Arguments.of("{\"error\":\"x\"}", Kind.ERROR),
                Arguments.of(chunk("", ",\"error\":{\"code\":502}"), Kind.ERROR),
                Arguments.of(
                        chunk(
                                "{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}",
                                ",\"error\":{\"code\":502}"),
                        Kind.ERROR),
                Arguments.of("{\"object\":\"error\",\"message\":\"x\",\"code\":40303}", Kind.ERROR),
                Arguments.of(word(",\"error\":null"), Kind.CONTENT),
                Arguments.of(DONE, Kind.DONE),
                Arguments.of(" [DONE] ", Kind.DONE),
                Arguments.of("{\"choices\":[", Kind.OTHER),
                Arguments.of("[1]", Kind.OTHER),
                Arguments.of("hello", Kind.OTHER),
                Arguments.of("{\"type\":\"ping\"}", Kind.OTHER));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tellsWhatAnEventIs(String data, Kind expected) {
        assertThat(read(data)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {": OPENROUTER PROCESSING\n", "\n", "event: ping\n\n", "id: 1\n\n"})
    void signsOfLifeAreNoProgress(String text) {
        assertThat(tap.read(event(text))).isEqualTo(Kind.COMMENT);
        assertThat(withoutUsage()).isEqualTo(text);
    }

    @Test
    void errorEventsTellTypeAndCode() {
        assertThat(tap.read(event("event: error\ndata: {\"message\":\"m\",\"code\":429}\n\n")))
                .isEqualTo(Kind.ERROR);
        assertThat(tap.error()).contains(new ProviderError("", "429", "m"));
        assertThat(tap.read(event("event: error\ndata: oops\n\n"))).isEqualTo(Kind.ERROR);
        assertThat(tap.error()).contains(ProviderError.UNKNOWN);
    }

    @Test
    void u6_doneWithoutFinishReasonIsComplete() {
        read(WORD);
        assertThat(tap.isComplete()).isFalse();
        read(DONE);
        assertThat(tap.isComplete()).isTrue();
        assertThat(tap.finishedChoices()).isZero();
    }

    @Test
    void u5_finishReasonOfEveryChoiceWithoutDoneIsComplete() {
        ChatStreamTap two = new ChatStreamTap(2, OptionalLong.empty());
        String finish = "{\"delta\":{},\"finish_reason\":\"stop\",\"index\":%d}";
        two.read(event("data: " + chunk(finish.formatted(1), "") + "\n\n"));
        assertThat(two.isComplete()).isFalse();
        two.read(event("data: " + chunk(finish.formatted(1), "") + "\n\n"));
        assertThat(two.isComplete()).isFalse();
        two.read(event("data: " + chunk(finish.formatted(0), "") + "\n\n"));
        assertThat(two.isComplete()).isTrue();
        assertThat(two.isDone()).isFalse();
    }

    @Test
    void u17_invalidJsonIsRelayedAndLaterUsageStillCounts() {
        assertThat(read("{\"choices\":[{\"delta\":{\"content\":\"cut")).isEqualTo(Kind.OTHER);
        assertThat(withoutUsage()).isEqualTo("data: {\"choices\":[{\"delta\":{\"content\":\"cut\n\n");
        read(chunk("", usage(9, 3)));
        assertThat(tap.usage()).contains(TokenUsage.of(9, 3));
        assertThat(tap.malformedEvents()).isEqualTo(1);
    }

    @Test
    void u18_lastOfDuplicateKeysCounts() {
        read(word(usage(9, 2) + usage(9, 3)));
        assertThat(tap.usage()).contains(TokenUsage.of(9, 3));
        assertThat(withoutUsage()).isEqualTo("data: " + WORD + "\n\n");
    }

    @Test
    void u38_u4_halfACharacterIsNotTouched() {
        byte[] stream = "data: x\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"你".getBytes(UTF_8);
        byte[] cut = Arrays.copyOf(stream, stream.length - 1);
        Feeding.Fed fed = Feeding.feed(cut, Feeding.every(3));
        assertThat(fed.events()).hasSize(1);
        assertThat(fed.rest().toBytes()).isEqualTo(Arrays.copyOfRange(cut, 9, cut.length));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"choices":[1],"usage":{"prompt_tokens":1},"b":2} | {"choices":[1],"b":2}
                {"a":1 , "usage" : null , "b":2}                | {"a":1  , "b":2}
                {"usage":null,"a":1}                            | {"a":1}
                {"usage":null , "a":1}                          | { "a":1}
                {"a":1,"usage":null}                            | {"a":1}
                {"usage":null}                                  | {}
                {"a":1,"us\\u0061ge":null}                      | {"a":1}
                {"usage":null,"usage":null,"a":1,"usage":null}  | {"a":1}
                {"choices":[{"usage":null}],"a":"usage"}        | {"choices":[{"usage":null}],"a":"usage"}
                """)
    void t17_onlyTheMemberUsageIsCut(String data, String expected) {
        read(data);
        assertThat(withoutUsage()).isEqualTo("data: " + expected + "\n\n");
    }

    @Test
    void t17_usageOverSeveralDataLinesIsCutToo() {
        tap.read(event("event: message\ndata: {\"a\":1,\ndata: \"usage\":null,\ndata: \"b\":2}\n\n"));
        assertThat(withoutUsage()).isEqualTo("event: message\ndata: {\"a\":1,\ndata: \"b\":2}\n\n");
    }

    @Test
    void t17_aDroppedEventTakesItsLastLineFeedWithIt() {
        Feeding.Fed fed = Feeding.feed(
                ("data: " + WORD + "\r\n\r\ndata: " + chunk("", usage(9, 3)) + "\r\n\r\ndata: [DONE]\r\n\r\n")
                        .getBytes(UTF_8),
                Feeding.every(1));
        StringBuilder sent = new StringBuilder();
        for (Event event : fed.events()) {
            tap.read(event);
            sent.append(withoutUsage());
        }
        assertThat(fed.rest().length()).isZero();
        assertThat(sent.toString()).isEqualTo("data: " + WORD + "\r\n\r\ndata: [DONE]\r\n\r\n");
    }

    @Test
    void t18_fourChoicesWithLogprobsCountOnce() {
        ChatStreamTap four = new ChatStreamTap(4, OptionalLong.of(10));
        String logprobs = "\"logprobs\":{\"content\":["
                + "{\"token\":\"content\",\"logprob\":-0.1,\"top_logprobs\":[]},".repeat(20) + "{}]}";
        for (int i = 0; i < 4; i++) {
            Event event = event("data: "
                    + chunk(
                            "{\"index\":" + i + "," + logprobs
                                    + ",\"delta\":{\"content\":\"é1\"},\"finish_reason\":\"length\"}",
                            "")
                    + "\n\n");
            assertThat(four.read(event)).isEqualTo(Kind.CONTENT);
            assertThat(four.withoutUsage()).containsExactly(event.raw());
        }
        four.read(event("data: " + chunk("", usage(9, 40)) + "\n\n"));
        assertThat(four.usage()).contains(TokenUsage.of(9, 40));
        assertThat(four.delivered()).isEqualTo(new Delivered(4, 12, 8));
        assertThat(four.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void t20_hugeEventStillYieldsUsageAndEnd(int mebibytes) {
        String picture = "A".repeat(mebibytes << 20);
        Event event = event(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"images\":[{\"image_url\":{\"url\":\"data:image/png;base64,"
                        + picture + "\"}}]},\"finish_reason\":\"stop\"}]" + usage(9, 1290) + "}\n\n");
        assertThat(tap.read(event)).isEqualTo(Kind.CONTENT);
        assertThat(tap.usage()).contains(TokenUsage.of(9, 1290));
        assertThat(tap.isComplete()).isTrue();
        assertThat(tap.withoutUsage())
                .hasSize(2)
                .allSatisfy(
                        slice -> assertThat(slice.array()).isSameAs(event.raw().array()));
    }

    @Test
    void escapedTextCountsAsSentAndNestedDepthIsNoDanger() {
        assertThat(read(chunk("{\"delta\":{\"content\":\"\\u4f60\\n\"}}", ""))).isEqualTo(Kind.CONTENT);
        assertThat(tap.delivered()).isEqualTo(new Delivered(1, 8, 0));
        assertThat(read("{\"choices\":" + "[".repeat(100_000))).isEqualTo(Kind.OTHER);
        assertThat(read(chunk("{\"delta\":{\"content\":" + "[".repeat(990) + "]".repeat(990) + "}}", "")))
                .isEqualTo(Kind.LIFECYCLE);
    }

    @Test
    void firstNamesCountAsModelAndId() {
        read("{\"id\":\"\",\"model\":\"\",\"choices\":[]}");
        assertThat(tap.servedModel()).isEmpty();
        read("{\"id\":\"first\",\"model\":\"one\",\"choices\":[]}");
        read("{\"id\":\"second\",\"model\":\"two\",\"choices\":[]}");
        assertThat(tap.servedModel()).contains("one");
        assertThat(tap.upstreamId()).contains("first");
    }

    @Test
    void theServiceTierToldLastCounts() {
        read("{\"service_tier\":\"default\",\"choices\":[]}");
        assertThat(tap.servedTier()).contains("default");
        read("{\"service_tier\":\"flex\",\"choices\":[]}");
        read("{\"service_tier\":null,\"choices\":[]}");
        read("{\"choices\":[]}");
        assertThat(tap.servedTier()).contains("flex");
    }

    @Test
    void beforeAnyEventThereIsNothingToRelay() {
        assertThat(tap.withoutUsage()).isEqualTo(List.<Slice>of());
    }
}
