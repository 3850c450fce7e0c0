package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.platform.http.ErrorBody;
import dev.jarvis.platform.http.Refusal;

import java.nio.charset.StandardCharsets;

/** The few pieces of a chat stream that the gateway writes itself. */
public final class StreamText {
    private StreamText() {}

    /**
     * A comment that keeps idle connections open. One line feed only: a blank line after it would make openai-python
     * dispatch an empty event once it has seen an {@code id} field.
     */
    public static byte[] heartbeat() {
        return ": ping\n".getBytes(StandardCharsets.US_ASCII);
    }

    /** The end of a stream, for providers that finish every choice and leave it out. */
    public static byte[] done() {
        return "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    }

    /** An error after the 200 went out: OpenAI's clients raise it. Nothing may follow it, above all no {@code [DONE]}. */
    public static byte[] inBandError(Refusal refusal, String requestId) {
        byte[] body = ErrorBody.of(refusal, requestId);
        byte[] event = new byte[body.length + 8];
        System.arraycopy("data: ".getBytes(StandardCharsets.US_ASCII), 0, event, 0, 6);
        System.arraycopy(body, 0, event, 6, body.length);
        event[body.length + 6] = '\n';
        event[body.length + 7] = '\n';
        return event;
    }
}
