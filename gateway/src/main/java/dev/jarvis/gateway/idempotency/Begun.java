package dev.jarvis.gateway.idempotency;

import dev.jarvis.platform.http.Refusal;

/** What is to be done with a request. */
public sealed interface Begun {
    /** It is the first of its key. What comes of it must be said to the recording. */
    record Fresh(Recording recording) implements Begun {}

    /** It was answered before. */
    record Answered(KeptAnswer answer) implements Begun {}

    record Refused(Refusal refusal) implements Begun {}
}
