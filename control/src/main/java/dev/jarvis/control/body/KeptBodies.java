package dev.jarvis.control.body;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What is kept of one call, opened.
 *
 * @param username {@code null}: the user is gone
 * @param policy masked or full
 */
record KeptBodies(
        UUID attemptId,
        String requestId,
        UUID userId,
        @Nullable String username,
        @Nullable UUID callerKeyId,
        String model,
        String policy,
        boolean streamed,
        Instant recordedAt,
        Body request,
        Body answer) {

    /**
     * One of the two.
     *
     * @param bytes that were sent, before masking and cutting
     * @param cut whether the text is not all of it
     */
    record Body(String text, long bytes, boolean cut) {}
}
