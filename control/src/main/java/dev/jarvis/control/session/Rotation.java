package dev.jarvis.control.session;

import java.util.UUID;

/** What came of using a refresh token. */
public sealed interface Rotation {
    record Rotated(Session session) implements Rotation {}

    /** It was used before. The session has just been ended in this transaction, which must be committed. */
    record Reused(UUID sessionId, UUID userId) implements Rotation {}

    /** Idle for too long, or at its absolute end. */
    record Expired() implements Rotation {}

    /** The session was ended before. */
    record Ended() implements Rotation {}

    /** No token of ours. */
    record Unknown() implements Rotation {}
}
