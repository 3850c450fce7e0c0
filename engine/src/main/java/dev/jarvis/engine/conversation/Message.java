package dev.jarvis.engine.conversation;

import dev.jarvis.engine.attachment.Attachment;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message of a conversation's tree.
 *
 * @param parentId {@code null}: it begins a branch
 * @param role {@code user} or {@code assistant}
 * @param reasoning what the model thought before, where it tells
 * @param attachments of a user's, without those that were deleted
 * @param runId the run that wrote it; {@code null} of a user's
 */
public record Message(
        UUID id,
        UUID conversationId,
        @Nullable UUID parentId,
        String role,
        String text,
        String reasoning,
        List<Attachment> attachments,
        @Nullable UUID runId,
        Instant createdAt) {}
