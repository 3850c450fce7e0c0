package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.sse.Feeding;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ChatRequestReaderTest {
    private static ChatRequest read(String body) {
        return ChatRequestReader.read(body.getBytes(UTF_8));
    }

    private static String chat(String members) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + members + "}";
    }

    private static String rewritten(ChatRequest request, String model) {
        List<Slice> slices = request.rewritten(model);
        byte[] body = Feeding.joined(slices);
        assertThat(request.rewrittenLength(model)).isEqualTo(body.length);
        return new String(body, UTF_8);
    }

    @Test
    void readsWhatRoutingAndMeteringNeed() {
        ChatRequest request = read(chat(",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"n\":3,"
                + "\"max_completion_tokens\":77,\"service_tier\":\"priority\""));
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.isStream()).isTrue();
        assertThat(request.wantsUsage()).isTrue();
        assertThat(request.choices()).isEqualTo(3);
        assertThat(request.maxTokens()).hasValue(77);
        assertThat(request.serviceTier()).contains("priority");
        assertThat(request.messages()).isEqualTo(1);
    }

    @Test
    void takesNullAsAbsent() {
        ChatRequest request = read(chat(",\"stream\":null,\"stream_options\":null,\"n\":null,\"max_tokens\":null,"
                + "\"temperature\":null,\"tools\":null,\"tool_choice\":null,\"metadata\":null,\"store\":null,"
                + "\"service_tier\":null,\"user\":null,\"max_completion_tokens\":9,\"web_search_options\":null"));
        assertThat(request.isStream()).isFalse();
        assertThat(request.wantsUsage()).isFalse();
        assertThat(request.choices()).isEqualTo(1);
        assertThat(request.maxTokens()).hasValue(9);
        assertThat(request.serviceTier()).isEmpty();
    }

    @Test
    void sameLimitUnderBothNamesIsNoConflict() {
        assertThat(read(chat(",\"max_tokens\":5,\"max_completion_tokens\":5")).maxTokens())
                .hasValue(5);
    }

    static Stream<String> legal() {
        return Stream.of(
                "J4 \uFEFF" + chat(""),
                "J8 " + chat(",\"x\":\"\\ud83d\\ude00 \\u0000 \\uffff \u2028 \uFFFF 😀\""),
                "J13 " + chat(",\"x\":" + "[".repeat(99) + "]".repeat(99)),
                "J16 " + chat(",\"seed\":9007199254740993,\"x\":18446744073709551616,\"y\":-0.10e+5"),
                "J20 "
                        + chat(
                                ",\"__proto__\":{\"constructor\":1},\"@type\":\"a\",\"@class\":\"b\",\"$ref\":\"http://x\""),
                chat(
                        ",\"top_k\":5,\"enable_thinking\":true,\"thinking\":{\"type\":\"enabled\"},\"models\":[],\"plugins\":[]"),
                chat(
                        ",\"store\":false,\"background\":false,\"enable_search\":false,\"modalities\":[\"text\",\"audio\"]"),
                chat(",\"temperature\":2,\"top_p\":1e-1,\"presence_penalty\":-2.0,\"frequency_penalty\":2"),
                chat(",\"tool_choice\":\"required\",\"parallel_tool_calls\":false"),
                chat(",\"metadata\":{\"a\":\"b\",\"n\":1},\"user\":\"用户 1\""),
                chat(
                        ",\"tools\":[{\"function\":{\"name\":\"no_type\",\"parameters\":{\"$ref\":\"#/$defs/a\",\"properties\":{\"$ref\":{}}}}}]"),
                chat(
                        ",\"tool_choice\":{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}},\"tools\":[{\"type\":\"custom\","
                                + "\"custom\":{\"name\":\"c\",\"format\":{\"type\":\"grammar\"}}},{\"type\":\"function\",\"function\":{\"name\":\"f.g:h-1\"}}]"),
                chat(
                        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"allowed_tools\","
                                + "\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}}"),
                """
                {"model":"m","messages":[
                  {"role":"developer","content":"d"},{"role":"system","content":[{"type":"text","text":"s"}]},
                  {"role":"user","name":"n","content":[{"type":"text","text":"t"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
                    {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
                    {"type":"file","file":{"file_id":"x"}},{"type":"video_url","video_url":{"url":"https://example.test/v"}}]},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
                  {"role":"assistant","tool_calls":[],"reasoning_content":"r","audio":{"id":"a"}},
                  {"role":"tool","tool_call_id":"unmatched","content":"P6"},{"role":"function","name":"f","content":"x"},
                  {"role":"user","content":""}]}
                """);
    }

    @ParameterizedTest
    @MethodSource("legal")
    void whatRealClientsSendPassesUntouched(String row) {
        String body = row.substring(Math.min(row.indexOf('{'), row.contains("\uFEFF") ? row.indexOf('\uFEFF') : 99));
        String sent = rewritten(read(body), "m");
        assertThat(sent).isEqualTo(body.replace("\uFEFF", ""));
    }

    @Test
    void unchangedBodyIsTheSameArray() {
        byte[] body = chat("").getBytes(UTF_8);
        assertThat(ChatRequestReader.read(body).rewritten("m")).singleElement().satisfies(slice -> {
            assertThat(slice.array()).isSameAs(body);
            assertThat(slice.length()).isEqualTo(body.length);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"stream\":true",
                "\"stream\" : true ,\n \"x\":1",
                "\"stream\":true,\"stream_options\":null",
                "\"stream_options\":{},\"stream\":true",
                "\"stream\":true,\"stream_options\":{ }",
                "\"stream_options\":{\"include_obfuscation\":false},\"stream\":true",
                "\"stream_options\": { \"include_usage\" : false , \"x\":[1,2]},\"stream\":true",
                "\"stream_options\":{\"include_usage\":null},\"stream\":true",
                "\"stream_options\":{\"include\\u005fusage\":false},\"stream\":true",
                "\"stream\":true,\"stream_options\":{\"include_usage\":true}"
            })
    void asksForUsageOfEveryStreamAndChangesNothingElse(String members) {
        for (String body : List.of(
                "{" + members + ",\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi \\u00e9\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\":\"\\u006d\"," + members + "}",
                "\uFEFF {\"model\" : \"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + members
                        + "} \n")) {
            for (String model : List.of("m", "other", "with \"quotes\"\\ \u0007 é😀")) {
                ObjectNode expected = (ObjectNode) Json.MAPPER.readTree(body.replace("\uFEFF", ""));
                expected.put("model", model);
                JsonNode options = expected.get("stream_options");
                (options instanceof ObjectNode object ? object : expected.putObject("stream_options"))
                        .put("include_usage", true);
                assertThat(Json.MAPPER.readTree(rewritten(read(body), model))).isEqualTo(expected);
            }
        }
    }

    @Test
    void onlyTheModelIsReplacedWithoutStream() {
        String body = chat(",\"seed\" : 9007199254740993, \"stop\":[ \"\\n\" ]");
        assertThat(rewritten(read(body), "longer-name")).isEqualTo(body.replace("\"m\"", "\"longer-name\""));
    }

    @Test
    void modelOfOtherSpellingIsLeftAsItIs() {
        String body = chat("").replace("\"m\"", "\"\\u006d\"");
        assertThat(read(body).model()).isEqualTo("m");
        assertThat(rewritten(read(body), "m")).isEqualTo(body);
    }

    @Test
    void p12_wantsUsageIsWhatTheClientSaid() {
        assertThat(read(chat(",\"stream\":true")).wantsUsage()).isFalse();
        assertThat(read(chat(",\"stream\":true,\"stream_options\":{\"include_usage\":false}"))
                        .wantsUsage())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {\\n  "a": tru }     | 2 | 11
                {"é😀": x}           | 1 | 8
                {"a":1,}             | 1 | 8
                {"a":1} x            | 1 | 9
                {"model":"never closed | 1 | 23
                """)
    void j1_saysWhereItIsWrongAndEchoesNothing(String body, int line, int column) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(body.replace("\\n", "\n")));
        assertThat(refusal.code()).isEqualTo("invalid_json");
        assertThat(refusal.message())
                .isEqualTo("The body is not valid JSON at line " + line + ", column " + column + ".");
    }

    @Test
    void j18_largePictureIsOneSliceOfTheBody() {
        byte[] body = chat(",\"x\":\"" + "iVBORw0K".repeat(2_500_000) + "\"").getBytes(UTF_8);
        assertThat(ChatRequestReader.read(body).rewritten("m").getFirst().array())
                .isSameAs(body);
    }

    @Test
    void toStringTellsNoContent() {
        assertThat(read(chat(",\"user\":\"secret\"")).toString())
                .isEqualTo("ChatRequest[model=m, stream=false, 73 bytes]");
    }
}
