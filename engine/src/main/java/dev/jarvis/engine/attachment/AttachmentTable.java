package dev.jarvis.engine.attachment;

import dev.jarvis.engine.model.TokenEstimate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code attachments}. */
public final class AttachmentTable {
    private static final String COLUMNS = """
            id, user_id, name, media_type, kind, size, width, height, pages, tokens, truncated, conversation_id,
            created_at
            """;

    private static final String LOCK_USER =
            "SELECT pg_advisory_xact_lock(hashtextextended('attachments ' || :user, 0))";

    private static final String INSERT = """
            INSERT INTO attachments (id, user_id, name, media_type, kind, size, width, height, pages, tokens, truncated,
                                     content, text)
            SELECT :id, :user, :name, :mediaType, :kind, :size, :width, :height, :pages, :tokens, :truncated,
                   :content, :text
             WHERE (SELECT coalesce(sum(size), 0) FROM attachments WHERE user_id = :user) + :size <= :most
            """;

    private static final String FIND = "SELECT " + COLUMNS + "FROM attachments WHERE id = :id AND user_id = :user";

    private static final String CONTENT = "SELECT content FROM attachments WHERE id = :id AND user_id = :user";

    private static final String OF_CONVERSATION =
            "SELECT " + COLUMNS + "FROM attachments WHERE conversation_id = :conversation";

    private static final String READ = "SELECT " + COLUMNS + """
            , text, CASE WHEN kind = 'image' THEN content END AS content
            FROM attachments WHERE id = ANY(:ids) AND user_id = :user
            """;

    /** A file belongs to one conversation, and is deleted with it. */
    private static final String ATTACH = """
            UPDATE attachments SET conversation_id = :conversation
             WHERE id = ANY(:ids) AND user_id = :user AND (conversation_id IS NULL OR conversation_id = :conversation)
            """;

    private static final String LOCK_CONVERSATION = "SELECT id FROM conversations WHERE id = :id FOR UPDATE";

    private static final String DELETE = """
            DELETE FROM attachments a WHERE a.id = :id AND a.user_id = :user
               AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.conversation_id = a.conversation_id
                                  AND r.status IN ('queued', 'running', 'waiting'))
            """;

    /** A summary may tell what stood in the file. */
    private static final String DELETE_SUMMARIES =
            "DELETE FROM conversation_summaries WHERE conversation_id = :conversation";

    private static final String FORGET_UNUSED =
            "DELETE FROM attachments WHERE conversation_id IS NULL AND created_at < now() - interval '24 hours'";

    private static final RowMapper<Attachment> ROW = (row, context) -> new Attachment(
            row.getObject("id", UUID.class),
            row.getString("name"),
            row.getString("media_type"),
            row.getString("kind"),
            row.getInt("size"),
            row.getObject("width", Integer.class),
            row.getObject("height", Integer.class),
            row.getObject("pages", Integer.class),
            row.getInt("tokens"),
            row.getBoolean("truncated"),
            row.getObject("conversation_id", UUID.class),
            row.getObject("created_at", OffsetDateTime.class).toInstant());

    private AttachmentTable() {}

    /** What a model gets of an attachment. @param content of an image; {@code null}: it is text */
    public record Readable(Attachment attachment, @Nullable String text, byte @Nullable [] content) {}

    /** @return false if the user's files are more than they may be */
    static boolean insert(Handle handle, UUID id, UUID user, String name, byte[] bytes, FileContent file, long most) {
        String text = file.text();
        handle.createQuery(LOCK_USER).bind("user", user.toString()).mapToMap().list();
        return handle.createUpdate(INSERT)
                        .bind("id", id)
                        .bind("user", user)
                        .bind("name", name)
                        .bind("mediaType", file.mediaType())
                        .bind("kind", file.kind())
                        .bind("size", bytes.length)
                        .bind("width", file.width())
                        .bind("height", file.height())
                        .bind("pages", file.pages())
                        .bind("tokens", text == null ? TokenEstimate.IMAGE : TokenEstimate.of(text))
                        .bind("truncated", file.truncated())
                        .bind("content", bytes)
                        .bind("text", text)
                        .bind("most", most)
                        .execute()
                == 1;
    }

    public static Optional<Attachment> find(Handle handle, UUID user, UUID id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .bind("user", user)
                .map(ROW)
                .findOne();
    }

    static Optional<byte[]> content(Handle handle, UUID user, UUID id) {
        return handle.createQuery(CONTENT)
                .bind("id", id)
                .bind("user", user)
                .mapTo(byte[].class)
                .findOne();
    }

    public static List<Attachment> ofConversation(Handle handle, UUID conversation) {
        return handle.createQuery(OF_CONVERSATION)
                .bind("conversation", conversation)
                .map(ROW)
                .list();
    }

    /** In no order; without those that were deleted. */
    public static List<Readable> read(Handle handle, UUID user, List<UUID> ids) {
        return handle.createQuery(READ)
                .bindArray("ids", UUID.class, ids)
                .bind("user", user)
                .map((row, context) ->
                        new Readable(ROW.map(row, context), row.getString("text"), row.getBytes("content")))
                .list();
    }

    /** @return whether all of them are the user's, and of no other conversation */
    public static boolean attach(Handle handle, UUID user, UUID conversation, List<UUID> ids) {
        return handle.createUpdate(ATTACH)
                        .bind("conversation", conversation)
                        .bindArray("ids", UUID.class, ids)
                        .bind("user", user)
                        .execute()
                == ids.size();
    }

    /** Waits for who adds a message to the conversation at this moment, so that no run loses what it was planned with. */
    static void lockConversation(Handle handle, UUID conversation) {
        handle.createQuery(LOCK_CONVERSATION)
                .bind("id", conversation)
                .mapTo(UUID.class)
                .findOne();
    }

    /** @return false: a run of its conversation is under way */
    static boolean delete(Handle handle, UUID user, UUID id) {
        return handle.createUpdate(DELETE).bind("id", id).bind("user", user).execute() == 1;
    }

    static void deleteSummaries(Handle handle, UUID conversation) {
        handle.createUpdate(DELETE_SUMMARIES).bind("conversation", conversation).execute();
    }

    /** Those that were never sent with a message. */
    public static void forgetUnused(Handle handle) {
        handle.execute(FORGET_UNUSED);
    }
}
