package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A checked chat completion request: its bytes as they came, and the few facts that routing and metering need. */
public final class ChatRequest {
    /** The model that the client asks for, not empty. */
    public String model() {
        throw new UnsupportedOperationException();
    }

    public boolean isStream() {
        throw new UnsupportedOperationException();
    }

    /** Whether the client itself asked for {@code stream_options.include_usage}. */
    public boolean wantsUsage() {
        throw new UnsupportedOperationException();
    }

    /** {@code max_completion_tokens} or {@code max_tokens}, at least 1. */
    public OptionalLong maxTokens() {
        throw new UnsupportedOperationException();
    }

    /** {@code n}: how many answers are asked for, 1 to 128. */
    public int choices() {
        throw new UnsupportedOperationException();
    }

    public Optional<String> serviceTier() {
        throw new UnsupportedOperationException();
    }

    /** How many messages the conversation has. */
    public int messages() {
        throw new UnsupportedOperationException();
    }

    /**
     * The body for the provider: the client's bytes with the value of {@code model} replaced where it differs and, for a
     * stream, {@code stream_options.include_usage} true. Slices of the body with small pieces between; one slice where
     * nothing changes. A byte order mark is left out.
     */
    public List<Slice> rewritten(String upstreamModel) {
        throw new UnsupportedOperationException();
    }

    /** The sum of the lengths of {@link #rewritten}. */
    public long rewrittenLength(String upstreamModel) {
        throw new UnsupportedOperationException();
    }
}
