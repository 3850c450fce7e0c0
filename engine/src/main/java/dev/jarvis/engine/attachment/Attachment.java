package dev.jarvis.engine.attachment;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A file of a user, without its bytes.
 *
 * @param kind {@code text}, {@code pdf} or {@code image}
 * @param size in bytes
 * @param width of an image, in pixels
 * @param pages of a PDF
 * @param tokens about what it takes of a model's window
 * @param truncated whether there is more text than a model reads
 * @param conversationId {@code null}: it is attached to no message yet
 */
public record Attachment(
        UUID id,
        String name,
        String mediaType,
        String kind,
        int size,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Integer pages,
        int tokens,
        boolean truncated,
        @Nullable UUID conversationId,
        Instant createdAt) {
    public boolean showsPicture() {
        return kind.equals("image");
    }
}
