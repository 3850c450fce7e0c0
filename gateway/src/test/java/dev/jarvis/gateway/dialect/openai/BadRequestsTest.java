package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The rows J and P of the bad-input corpus that a request's body can break. */
class BadRequestsTest {
    /** @param param the parameter at fault, null where there is none */
    record Row(
            String id,
            byte[] body,
            int status,
            String code,
            @Nullable String param) {
        @Override
        public String toString() {
            return id;
        }
    }

    private static Row bad(String id, String body, String code, @Nullable String param) {
        return new Row(id, body.getBytes(UTF_8), 400, code, param);
    }

    private static Row forbidden(String id, String members, String param) {
        return new Row(id, chat(members).getBytes(UTF_8), 403, "parameter_not_allowed", param);
    }

    /** A request that is in order but for these members. */
    private static String chat(String members) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + members + "}";
    }

    private static Row param(String id, String members, String code, String param) {
        return bad(id, chat(members), code, param);
    }

    private static Row messages(String id, String messages, String param) {
        return bad(id, "{\"model\":\"m\",\"messages\":" + messages + "}", "invalid_messages", param);
    }

    private static Row bytes(String id, String hexInString, String code) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"model\":\"m\",\"user\":\"".getBytes(UTF_8));
        body.writeBytes(HexFormat.of().parseHex(hexInString.toLowerCase(Locale.ROOT)));
        body.writeBytes("\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".getBytes(UTF_8));
        return new Row(id, body.toByteArray(), 400, code, null);
    }

    static Stream<Row> json() {
        return Stream.of(
                bad("J1 unclosed", "{", "invalid_json", null),
                bad("J1 trailing comma", "{\"a\":1,}", "invalid_json", null),
                bad("J1 trailing comma in array", chat("\"stop\":[1,]"), "invalid_json", null),
                bad("J1 single quotes", "{'a':1}", "invalid_json", null),
                bad("J1 bare key", "{a:1}", "invalid_json", null),
                bad("J1 comment", "{/* c */\"a\":1}", "invalid_json", null),
                bad("J1 NaN", chat("\"x\":NaN"), "invalid_json", null),
                bad("J1 Infinity", chat("\"x\":-Infinity"), "invalid_json", null),
                bad("J1 leading zero", chat("\"x\":01"), "invalid_json", null),
                bad("J1 plus", chat("\"x\":+1"), "invalid_json", null),
                bad("J1 bare point", chat("\"x\":1."), "invalid_json", null),
                bad("J1 bare exponent", chat("\"x\":1e"), "invalid_json", null),
                bad("J1 half a literal", chat("\"x\":tru"), "invalid_json", null),
                bad("J1 bad escape", chat("\"x\":\"\\q\""), "invalid_json", null),
                bad("J1 short unicode escape", chat("\"x\":\"\\u12\""), "invalid_json", null),
                bad("J1 raw line feed in string", chat("\"x\":\"a\nb\""), "invalid_json", null),
                bad("J1 raw tab in string", chat("\"x\":\"12345678\tb\""), "invalid_json", null),
                bad("J1 mismatched brackets", chat("\"x\":[1}"), "invalid_json", null),
                bad("J1 missing colon", chat("\"x\" 1"), "invalid_json", null),
                bad("J1 missing comma", chat("\"x\":1 \"y\":2"), "invalid_json", null),
                bad("J1 even where a parameter is wrong too", "{\"model\":1,", "invalid_json", null),
                bad("J2 two documents", chat("\"x\":1") + " {}", "invalid_json", null),
                bad("J2 two empty documents", "{} {}", "invalid_json", null),
                bad("J2 trailing letter", chat("\"x\":1") + "x", "invalid_json", null),
                new Row(
                        "J5 UTF-16LE with mark",
                        withMark(chat("\"x\":1"), StandardCharsets.UTF_16LE),
                        400,
                        "invalid_encoding",
                        null),
                new Row(
                        "J5 UTF-16BE",
                        chat("\"x\":1").getBytes(StandardCharsets.UTF_16BE),
                        400,
                        "invalid_encoding",
                        null),
                new Row(
                        "J5 UTF-16LE",
                        chat("\"x\":1").getBytes(StandardCharsets.UTF_16LE),
                        400,
                        "invalid_encoding",
                        null),
                new Row(
                        "J5 UTF-32BE",
                        chat("\"x\":1").getBytes(StandardCharsets.UTF_32BE),
                        400,
                        "invalid_encoding",
                        null),
                bytes("J6 overlong NUL", "C080", "invalid_encoding"),
                bytes("J6 overlong slash, three bytes", "E080AF", "invalid_encoding"),
                bytes("J6 overlong, four bytes", "F08080AF", "invalid_encoding"),
                bytes("J6 surrogate", "EDA080", "invalid_encoding"),
                bytes("J6 above U+10FFFF", "F5808080", "invalid_encoding"),
                bytes("J6 above U+10FFFF, F4", "F4908080", "invalid_encoding"),
                bytes("J6 cut", "E4BD", "invalid_encoding"),
                bytes("J6 cut two bytes", "C3", "invalid_encoding"),
                bytes("J6 lone continuation", "80", "invalid_encoding"),
                bytes("J6 lone FF after eight letters", "6161616161616161FF", "invalid_encoding"),
                new Row("J6 outside a string", new byte[] {'{', (byte) 0x80, '}'}, 400, "invalid_encoding", null),
                bad("J7 lone high surrogate", chat("\"x\":{\"y\":[0,\"\\ud83d\"]}"), "invalid_unicode", "x.y[1]"),
                bad(
                        "J7 lone low surrogate",
                        "{\"messages\":[{\"content\":\"\\ude00\"}]}",
                        "invalid_unicode",
                        "messages[0].content"),
                bad("J7 two high surrogates", chat("\"x\":\"\\ud83d\\ud83d\""), "invalid_unicode", "x"),
                bad("J7 high surrogate, then a letter", chat("\"x\":\"\\ud83dabcdefgh\""), "invalid_unicode", "x"),
                bad(
                        "J9 duplicate model",
                        "{\"model\":\"cheap\",\"messages\":[],\"model\":\"expensive\"}",
                        "duplicate_key",
                        "model"),
                bad(
                        "J9 duplicate model, escaped",
                        "{\"model\":\"cheap\",\"m\\u006fdel\":\"expensive\"}",
                        "duplicate_key",
                        "model"),
                bad(
                        "J9 duplicate model, escaped first",
                        "{\"\\u006dodel\":\"cheap\",\"model\":\"expensive\"}",
                        "duplicate_key",
                        "model"),
                bad(
                        "J10 duplicate in a message",
                        "{\"messages\":[{\"role\":\"user\",\"role\":\"system\"}]}",
                        "duplicate_key",
                        "messages[0].role"),
                bad(
                        "J10 duplicate in a tool schema",
                        chat(
                                "\"tools\":[{\"function\":{\"name\":\"f\",\"parameters\":{\"a\":1,\"b\":{\"a\":1},\"a\":2}}}]"),
                        "duplicate_key",
                        "tools[0].function.parameters.a"),
                bad(
                        "J10 duplicate among many",
                        chat("\"x\":{" + keys(0, 1_000) + ",\"key500\":1}"),
                        "duplicate_key",
                        "x.key500"),
                bad(
                        "J10 duplicate of a long key",
                        chat("\"x\":{\"abcdefgh1\":1,\"abcdefgh2\":1,\"abcdefgh1\":1}"),
                        "duplicate_key",
                        "x.abcdefgh1"),
                bad("J10 duplicate empty key", chat("\"x\":{\"\":1,\"\":1}"), "duplicate_key", "x"),
                param("J12 Model", "\"Model\":\"x\"", "unknown_parameter", "Model"),
                param("J12 trailing space", "\"model \":\"x\"", "unknown_parameter", "model "),
                param("J12 Cyrillic o", "\"m\u043edel\":\"x\"", "unknown_parameter", "m\u043edel"),
                param("J12 full width", "\"\uFF4Dodel\":\"x\"", "unknown_parameter", "\uFF4Dodel"),
                param("J12 zero width", "\"mo\u200Bdel\":\"x\"", "unknown_parameter", "mo\u200Bdel"),
                param("J12 accent", "\"mod\u00E9l\":\"x\"", "unknown_parameter", "mod\u00E9l"),
                param("J12 null too", "\"MODEL\":null", "unknown_parameter", "MODEL"),
                bad("J13 depth 101", chat("\"x\":" + "[".repeat(101) + "]".repeat(101)), "json_too_deep", null),
                bad("J13 depth 100,000", chat("\"x\":" + "[".repeat(100_000)), "json_too_deep", null),
                bad("J13 depth 100,000 of objects", chat("\"x\":" + "{\"a\":".repeat(100_000)), "json_too_deep", null),
                bad(
                        "J14 1,000,001 elements",
                        chat("\"x\":[" + "0,".repeat(1_000_000) + "0]"),
                        "json_limit_exceeded",
                        "x[1000000]"),
                bad("J14 200,000 keys", chat("\"x\":{" + keys(0, 200_000) + "}"), "json_limit_exceeded", "x.key99999"),
                bad("J14 key of 60 KB", chat("\"" + "k".repeat(60_000) + "\":1"), "json_limit_exceeded", null),
                bad("J14 number of 2,000 digits", chat("\"x\":" + "9".repeat(2_000)), "json_limit_exceeded", "x"),
                bad("J22 white space", " ".repeat(1_000_000), "invalid_json", null),
                bad("J22 brackets", "{\"a\":" + "[".repeat(10_000_000), "json_too_deep", null),
                bad("empty", "", "empty_body", null),
                bad("not an object", "[]", "invalid_type", null),
                bad("a string", "\"model\"", "invalid_type", null));
    }

    static Stream<Row> parameters() {
        return Stream.of(
                bad(
                        "P1 missing",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                        "missing_parameter",
                        "model"),
                bad(
                        "P1 empty",
                        "{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                        "missing_parameter",
                        "model"),
                bad("P1 null", "{\"model\":null,\"messages\":[]}", "missing_parameter", "model"),
                bad("P1 number", "{\"model\":1}", "invalid_type", "model"),
                bad("P1 array", "{\"model\":[\"a\"]}", "invalid_type", "model"),
                bad("P4 missing", "{\"model\":\"m\"}", "invalid_messages", "messages"),
                messages("P4 empty", "[]", "messages"),
                messages("P4 null", "null", "messages"),
                messages("P4 string", "\"hi\"", "messages"),
                messages("P4 object", "{}", "messages"),
                messages(
                        "P4 10,001",
                        "[" + "{\"role\":\"user\",\"content\":\"x\"},".repeat(10_000)
                                + "{\"role\":\"user\",\"content\":\"x\"}]",
                        "messages"),
                messages("P5 no role", "[{\"content\":\"x\"}]", "messages[0].role"),
                messages(
                        "P5 role admin",
                        "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"admin\",\"content\":\"x\"}]",
                        "messages[1].role"),
                messages("P5 role number", "[{\"role\":1,\"content\":\"x\"}]", "messages[0].role"),
                messages("P5 user content null", "[{\"role\":\"user\",\"content\":null}]", "messages[0].content"),
                messages("P5 user content missing", "[{\"role\":\"user\"}]", "messages[0].content"),
                messages("P5 content number", "[{\"role\":\"assistant\",\"content\":5}]", "messages[0].content"),
                messages("P5 message string", "[\"hi\"]", "messages[0]"),
                param("P8", "\"max_tokens\":5,\"max_completion_tokens\":6", "conflicting_parameters", "max_tokens"),
                param("P8 zero", "\"max_tokens\":0", "out_of_range", "max_tokens"),
                param("P8 text", "\"max_completion_tokens\":\"5\"", "invalid_type", "max_completion_tokens"),
                param("P8 2^64", "\"max_tokens\":18446744073709551616", "out_of_range", "max_tokens"),
                param("P9 0", "\"n\":0", "out_of_range", "n"),
                param("P9 -1", "\"n\":-1", "out_of_range", "n"),
                param("P9 129", "\"n\":129", "out_of_range", "n"),
                param("P9 1.0", "\"n\":1.0", "invalid_type", "n"),
                param("P9 1e0", "\"n\":1e0", "invalid_type", "n"),
                param("P10 -1", "\"temperature\":-1", "out_of_range", "temperature"),
                param("P10 2.01", "\"temperature\":2.01", "out_of_range", "temperature"),
                param(
                        "P10 2.0000000000000000001",
                        "\"temperature\":2.0000000000000000001",
                        "out_of_range",
                        "temperature"),
                param("P10 text", "\"temperature\":\"0.5\"", "invalid_type", "temperature"),
                param("P10 beyond any exponent", "\"temperature\":1e99999999999", "out_of_range", "temperature"),
                param("P10 top_p", "\"top_p\":1.5", "out_of_range", "top_p"),
                param("P10 penalty", "\"presence_penalty\":-2.5", "out_of_range", "presence_penalty"),
                param("P10 seed", "\"seed\":\"1\"", "invalid_type", "seed"),
                param("P12 stream text", "\"stream\":\"true\"", "invalid_type", "stream"),
                param(
                        "P12 options without stream",
                        "\"stream_options\":{\"include_usage\":true}",
                        "invalid_parameter",
                        "stream_options"),
                param(
                        "P12 options with stream false",
                        "\"stream\":false,\"stream_options\":{}",
                        "invalid_parameter",
                        "stream_options"),
                param(
                        "P12 text",
                        "\"stream\":true,\"stream_options\":{\"include_usage\":\"yes\"}",
                        "invalid_parameter",
                        "stream_options.include_usage"),
                param("P12 array", "\"stream\":true,\"stream_options\":[]", "invalid_parameter", "stream_options"),
                param("P13 129 tools", "\"tools\":[" + tools(129) + "]", "invalid_tools", "tools"),
                param("P13 not an array", "\"tools\":{}", "invalid_tools", "tools"),
                param(
                        "P13 space in name",
                        "\"tools\":[" + tool("a b") + "]",
                        "invalid_tools",
                        "tools[0].function.name"),
                param(
                        "P13 name of 65",
                        "\"tools\":[" + tool("n".repeat(65)) + "]",
                        "invalid_tools",
                        "tools[0].function.name"),
                param("P13 empty name", "\"tools\":[" + tool("") + "]", "invalid_tools", "tools[0].function.name"),
                param(
                        "P13 no name",
                        "\"tools\":[{\"type\":\"function\",\"function\":{}}]",
                        "invalid_tools",
                        "tools[0].function.name"),
                param(
                        "P13 no function",
                        "\"tools\":[{\"type\":\"function\"}]",
                        "invalid_tools",
                        "tools[0].function.name"),
                param(
                        "P13 duplicate name",
                        "\"tools\":[" + tool("f") + "," + tool("f") + "]",
                        "invalid_tools",
                        "tools[1].function.name"),
                bad(
                        "P13 schema of depth 200",
                        chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                                + "{\"a\":".repeat(200) + "1" + "}".repeat(200) + "}}]"),
                        "invalid_tools",
                        null),
                param(
                        "P13 reference to a host",
                        "\"tools\":[{\"function\":{\"name\":\"f\",\"parameters\":{\"allOf\":[{\"$ref\":\"http://example.test/s\"}]}}}]",
                        "invalid_tools",
                        "tools[0].function"),
                param(
                        "P14 unknown",
                        "\"tools\":[" + tool("f")
                                + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}",
                        "invalid_tools",
                        "tool_choice"),
                param(
                        "P14 without tools",
                        "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"g\"}}",
                        "invalid_tools",
                        "tool_choice"),
                param(
                        "P14 among allowed tools",
                        "\"tools\":[" + tool("f")
                                + "],\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}}",
                        "invalid_tools",
                        "tool_choice"),
                param("P14 number", "\"tool_choice\":1", "invalid_tools", "tool_choice"),
                param("P16 65 pairs", "\"metadata\":{" + keys(0, 65) + "}", "invalid_metadata", "metadata"),
                param(
                        "P16 10 KB",
                        "\"metadata\":{\"a\":\"" + "x".repeat(10_000) + "\"}",
                        "invalid_metadata",
                        "metadata"),
                param("P16 CRLF", "\"metadata\":{\"a\":\"x\\r\\ny\"}", "invalid_metadata", "metadata"),
                param("P16 CRLF in key", "\"metadata\":{\"a\\u000a\":\"x\"}", "invalid_metadata", "metadata"),
                param("P16 not an object", "\"metadata\":\"x\"", "invalid_metadata", "metadata"),
                param("P16 user of 10 KB", "\"user\":\"" + "x".repeat(10_000) + "\"", "invalid_metadata", "user"),
                param("P16 user with CRLF", "\"user\":\"a\\r\\nb\"", "invalid_metadata", "user"),
                param("P16 user number", "\"user\":7", "invalid_type", "user"),
                param("P17 tier number", "\"service_tier\":7", "invalid_type", "service_tier"),
                forbidden("P18 store", "\"store\":true", "store"),
                forbidden("P18 background", "\"background\":true", "background"),
                forbidden("P18 web search options", "\"web_search_options\":{}", "web_search_options"),
                forbidden("P18 web search tool", "\"tools\":[{\"type\":\"web_search\"}]", "tools[0].type"),
                forbidden(
                        "P18 code interpreter",
                        "\"tools\":[" + tool("f")
                                + ",{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}]",
                        "tools[1].type"),
                forbidden("P18 search of Qwen", "\"enable_search\":true", "enable_search"),
                forbidden("P18 plugins of OpenRouter", "\"plugins\":[{\"id\":\"web\"}]", "plugins"),
                forbidden("P18 other models", "\"models\":[\"a\",\"b\"]", "models"),
                param("E1", "\"api_base\":\"http://127.0.0.1\"", "forbidden_target", "api_base"),
                param(
                        "E2",
                        "\"user_config\":{\"model_list\":[{\"api_base\":\"http://127.0.0.1\"}]}",
                        "forbidden_target",
                        "user_config"));
    }

    private static byte[] withMark(String text, Charset charset) {
        return ("\uFEFF" + text).getBytes(charset);
    }

    private static String keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"key" + i + "\":1").collect(Collectors.joining(","));
    }

    private static String tool(String name) {
        return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}";
    }

    private static String tools(int count) {
        return IntStream.range(0, count).mapToObj(i -> tool("f" + i)).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @MethodSource({"json", "parameters"})
    void isRefusedWithItsCode(Row row) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ChatRequestReader.read(row.body()));
        assertThat(refusal).as("refused").isNotNull();
        assertThat(refusal.code()).isEqualTo(row.code());
        assertThat(refusal.status()).isEqualTo(row.status());
        assertThat(refusal.param()).isEqualTo(row.param());
        assertThat(refusal.message()).hasSizeLessThan(250).endsWith(".");
        assertThat(refusal.headers()).isEmpty();
    }
}
