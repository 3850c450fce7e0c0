package dev.jarvis.engine.conversation;

import dev.jarvis.engine.attachment.Attachment;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message as it is listed.
 *
 * @param siblingIds the versions of the message, itself among them, the oldest first
 * @param answered what the run did that wrote it; {@code null} of a user's
 */
record ListedMessage(
        UUID id,
        UUID conversationId,
        @Nullable UUID parentId,
        String role,
        String text,
        String reasoning,
        List<Attachment> attachments,
        List<UUID> siblingIds,
        @Nullable UUID runId,
        @Nullable Answered answered,
        Instant createdAt) {
    /** @param usage with that of the agents it called */
    record Answered(int stepCount, Usage usage) {}

    static ListedMessage of(Message message, List<UUID> siblings, @Nullable Answered answered) {
        return new ListedMessage(
                message.id(),
                message.conversationId(),
                message.parentId(),
                message.role(),
                message.text(),
                message.reasoning(),
                message.attachments(),
                siblings,
                message.runId(),
                answered,
                message.createdAt());
    }
}
