package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.chat.TokenUsage;
import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.gateway.meter.Delivered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

class ChatAnswerTest {
    private static ChatAnswer read(String json) {
        return ChatAnswer.read(Slice.of(json), 1, OptionalLong.of(100));
    }

    @Test
    void readsWhatTheMeterNeeds() {
        ChatAnswer answer = read("""
                {
                  "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "object": "chat.completion", "created": 1763900000,
                  "model": "gpt-4.1-2025-04-14",
                  "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello! 你",
                      "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}],
                      "refusal": null, "annotations": []}, "logprobs": null, "finish_reason": "stop"}],
                  "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29,
                    "prompt_tokens_details": {"cached_tokens": 4, "audio_tokens": 0},
                    "completion_tokens_details": {"reasoning_tokens": 3, "audio_tokens": 0}},
                  "service_tier": "default"
                }
                """);
        assertThat(answer.isJson()).isTrue();
        assertThat(answer.usage()).contains(new TokenUsage(15, 4, 0, 0, 7, 3, 0, 0, 0));
        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.servedModel()).contains("gpt-4.1-2025-04-14");
        assertThat(answer.upstreamId()).contains("chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT");
        assertThat(answer.delivered()).isEqualTo(new Delivered(1, 13, 3));
        assertThat(answer.error()).isEmpty();
        assertThat(answer.sawImplausibleUsage()).isFalse();
    }

    @Test
    void isCompleteOnlyWhenEveryChoiceFinished() {
        assertThat(read("{\"choices\":[]}").isComplete()).isFalse();
        assertThat(read("{\"choices\":[{\"finish_reason\":null}]}").isComplete())
                .isFalse();
        assertThat(read("{\"choices\":[{\"finish_reason\":\"stop\"},{\"index\":1}]}")
                        .isComplete())
                .isFalse();
        assertThat(read("{\"choices\":[{\"finish_reason\":\"stop\"},{\"index\":1,\"finish_reason\":\"length\"}]}")
                        .isComplete())
                .isTrue();
    }

    @Test
    void u10_implausibleUsageIsFlagged() {
        ChatAnswer answer = read("{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":999}}");
        assertThat(answer.usage()).isEmpty();
        assertThat(answer.sawImplausibleUsage()).isTrue();
    }

    @Test
    void errorWithA200IsSeen() {
        assertThat(read("{\"error\":{\"message\":\"Provider returned error\",\"code\":502}}")
                        .error())
                .contains(new ProviderError("", "502", "Provider returned error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{\"choices\":[{\"message\":{\"content\":\"cut"})
    void whatIsNoJsonObjectIsSaidToBeNone(String text) {
        ChatAnswer answer = read(text);
        assertThat(answer.isJson()).isFalse();
        assertThat(answer.delivered()).isEqualTo(Delivered.NOTHING);
    }
}
