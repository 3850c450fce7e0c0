package dev.jarvis.gateway.body;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class StreamedMessageTest {
    @Test
    void piecesMakeAMessage() {
        assertThat(assemble("""
                data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"jane@"}}],"usage":null}

                data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"mail.example.com"}},{"index":1,"delta":{"content":"two"}}]}

                data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: {"id":"c1","choices":[],"usage":{"total_tokens":3}}

                data: [DONE]

                """)).isEqualTo("""
                {"id":"c1","model":"m","usage":{"total_tokens":3},"choices":[\
                {"index":0,"message":{"role":"assistant","content":"jane@mail.example.com"},"finish_reason":"stop"},\
                {"index":1,"message":{"content":"two"}}]}""");
    }

    @Test
    void callsOfToolsAreJoinedByTheirIndex() {
        assertThat(assemble("""
                data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":"}}]}}]}

                data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"arguments":"1}"}},{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}

                """)).isEqualTo("""
                {"choices":[{"index":0,"message":{"tool_calls":[\
                {"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},\
                {"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}}]}""");
    }

    @Test
    void errorsAndWhatCannotBeReadStandBesideIt() {
        assertThat(assemble("""
                data: {"choices":[{"index":0,"delta":{"content":"a"}}]}

                data: {"error":{"message":"late"}}

                data: {broken

                """)).isEqualTo("""
                {"choices":[{"index":0,"message":{"content":"a"}}],"other_events":[{"error":{"message":"late"}},"{broken"]}""");
    }

    @Test
    void ofNothingThereIsNothing() {
        assertThat(assemble("")).isEmpty();
    }

    private static String assemble(String stream) {
        return new String(StreamedMessage.assemble(stream.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
