package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.bytes.Slice;

import java.util.Optional;

/**
 * What a provider says went wrong, in whichever of the usual shapes. For classification: the message may echo what
 * was sent and is neither logged nor shown as ours.
 *
 * @param type OpenAI's {@code error.type}, or Google's {@code status}; empty where not given
 * @param code {@code error.code} as text, also where it is a number; empty where not given
 * @param message at most 2,000 characters; empty where not given
 */
public record ProviderError(String type, String code, String message) {
    /** Reads an error answer's body, or an event's data; empty where it is no JSON or says nothing of an error. */
    public static Optional<ProviderError> read(Slice json) {
        throw new UnsupportedOperationException();
    }
}
