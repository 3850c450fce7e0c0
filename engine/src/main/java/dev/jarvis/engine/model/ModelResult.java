package dev.jarvis.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of calling a model. */
public sealed interface ModelResult {
    /**
     * A whole answer.
     *
     * @param requestId under which the gateway recorded it
     */
    record Answered(
            String text,
            String reasoning,
            List<ToolCall> calls,
            String finishReason,
            long inputTokens,
            long outputTokens,
            String requestId)
            implements ModelResult {}

    /**
     * Refused before it was answered.
     *
     * @param retryAfter empty: to ask again would bring the same
     */
    record Refused(int status, String code, String message, Optional<Duration> retryAfter, Optional<String> requestId)
            implements ModelResult {}

    /** The answer broke off; to ask again with the same key is safe. */
    record Broken(String code, String message, Optional<String> requestId) implements ModelResult {}

    /** Given up, because the run was stopped. */
    record Stopped(Optional<String> requestId) implements ModelResult {}
}
