package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.platform.http.Refusal;

/** Reads a chat completion request in one strict pass over its bytes. Thread-safe; keeps nothing. */
public final class ChatRequestReader {
    private ChatRequestReader() {}

    /**
     * @param body complete and decompressed; the request keeps it, so nobody may write to it any more
     * @throws Refusal 400 or 403, with a stable code and the parameter at fault; the body is never echoed
     */
    public static ChatRequest read(byte[] body) {
        throw new UnsupportedOperationException();
    }
}
