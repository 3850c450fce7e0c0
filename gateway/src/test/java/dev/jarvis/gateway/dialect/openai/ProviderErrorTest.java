package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.dialect.openai.ChatStreamTap.Kind;
import dev.jarvis.gateway.dialect.sse.Feeding;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.OptionalLong;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ProviderErrorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
                {"error":{"message":"m","type":"insufficient_quota","param":null,"code":"insufficient_quota"}} | insufficient_quota | insufficient_quota | m
                {"error":{"message":"m","type":"invalid_request_error","code":null}}                          | invalid_request_error | `` | m
                {"error":{"code":"401","message":"m"}}                                                        | `` | 401 | m
                {"error":{"code":429,"message":"m","metadata":{"raw":"x","type":"y"}}}                        | `` | 429 | m
                [{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[]}}]              | RESOURCE_EXHAUSTED | 429 | m
                {"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}              | BadRequestError | 400 | m
                {"error":"model is overloaded"}                                                               | `` | `` | model is overloaded
                {"detail":"Not Found"}                                                                        | `` | `` | Not Found
                {"status":400,"message":"m"}                                                                  | `` | `` | m
                {"request_id":"r","error":{"error":"inner","message":"outer text"}}                           | `` | `` | outer text
                """)
    void readsTheUsualShapes(String json, String type, String code, String message) {
        assertThat(ProviderError.read(Slice.of(json))).contains(new ProviderError(type, code, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "[]",
                "[1]",
                "\"x\"",
                "{\"error\":null}",
                "{\"error\":{\"mess",
                "{\"error\":{}}"
            })
    void isEmptyWhereNothingIsSaid(String body) {
        assertThat(ProviderError.read(Slice.of(body))).isEmpty();
    }

    @Test
    void longMessagesAreCutAndNotShown() {
        ProviderError error = ProviderError.read(
                        Slice.of("{\"error\":{\"message\":\"" + "x".repeat(9_000) + "\",\"code\":\"c\"}}"))
                .orElseThrow();
        assertThat(error.message()).hasSize(2_000);
        assertThat(error.toString()).isEqualTo("ProviderError[type=, code=c]");
    }

    @Test
    void ourOwnErrorInAStreamIsOneEventThatClientsUnderstand() {
        Refusal refusal =
                new Refusal(502, "server_error", "upstream_truncated", "It \"ended\"\nearly.", null, Map.of());
        byte[] text = StreamText.inBandError(refusal, "req_1");
        assertThat(new String(text, UTF_8))
                .startsWith("data: {\"error\":{")
                .endsWith("}}\n\n")
                .doesNotContain("id:");
        Feeding.Fed fed = Feeding.feed(text, Feeding.whole());
        assertThat(fed.events()).hasSize(1);
        assertThat(fed.rest().length()).isZero();
        JsonNode error =
                Json.MAPPER.readTree(fed.events().getFirst().data().toBytes()).get("error");
        assertThat(error.get("code").asString()).isEqualTo("upstream_truncated");
        assertThat(error.get("request_id").asString()).isEqualTo("req_1");
        ChatStreamTap tap = new ChatStreamTap(1, OptionalLong.empty());
        assertThat(tap.read(fed.events().getFirst())).isEqualTo(Kind.ERROR);
        assertThat(tap.error().orElseThrow().code()).isEqualTo("upstream_truncated");
    }

    @Test
    void t8_heartbeatIsACommentWithOneLineFeed() {
        assertThat(StreamText.heartbeat()).asString(UTF_8).isEqualTo(": ping\n");
        assertThat(StreamText.done()).asString(UTF_8).isEqualTo("data: [DONE]\n\n");
    }
}
