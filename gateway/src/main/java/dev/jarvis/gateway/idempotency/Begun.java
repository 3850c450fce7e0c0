package dev.jarvis.gateway.idempotency;

import dev.jarvis.platform.http.Refusal;

import java.util.Optional;

/** What is to be done with a request. */
public sealed interface Begun {
    /** It is the first of its key. What comes of it must be said to the recording. */
    record Fresh(Recording recording) implements Begun {}

    /**
     * It was answered before.
     *
     * @param requestId under which that was paid
     */
    record Answered(KeptAnswer answer, Optional<String> requestId) implements Begun {}

    record Refused(Refusal refusal) implements Begun {}
}
