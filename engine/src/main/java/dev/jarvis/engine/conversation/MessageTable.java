package dev.jarvis.engine.conversation;

import dev.jarvis.engine.attachment.Attachment;
import dev.jarvis.engine.attachment.AttachmentTable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The SQL of {@code messages}. */
public final class MessageTable {
    private static final String COLUMNS =
            "id, conversation_id, parent_id, role, text, reasoning, attachments, run_id, created_at ";

    private static final String INSERT = """
            INSERT INTO messages (id, conversation_id, parent_id, role, text, reasoning, attachments, run_id)
            VALUES (:id, :conversation, :parent, :role, :text, :reasoning, :attachments, :run)
            """;

    private static final String HEAD =
            "UPDATE conversations SET head_id = :head, updated_at = now() WHERE id = :conversation";

    private static final String FIND =
            "SELECT " + COLUMNS + "FROM messages WHERE conversation_id = :conversation AND id = :id";

    /** From a message up to the beginning of its branch. */
    private static final String BRANCH = """
            WITH RECURSIVE branch AS (
                SELECT m.*, 0 AS depth FROM messages m WHERE m.conversation_id = :conversation AND m.id = :id
                UNION ALL
                SELECT m.*, b.depth + 1 FROM messages m JOIN branch b ON m.id = b.parent_id
            )
            SELECT id, conversation_id, parent_id, role, text, reasoning, attachments, run_id, created_at
              FROM branch ORDER BY depth DESC
            """;

    /** From a message down to the end of the branch that was written last, at each parting the newer way. */
    private static final String NEWEST_BELOW = """
            WITH RECURSIVE below AS (
                SELECT m.id, 0 AS depth FROM messages m WHERE m.conversation_id = :conversation AND m.id = :id
                UNION ALL
                SELECT newest.id, b.depth + 1
                  FROM below b CROSS JOIN LATERAL (
                       SELECT m.id FROM messages m WHERE m.parent_id = b.id
                        ORDER BY m.created_at DESC, m.id DESC LIMIT 1) newest
            )
            SELECT id FROM below ORDER BY depth DESC LIMIT 1
            """;

    static final RowMapper<Row> ROW = (row, context) -> new Row(
            new Message(
                    row.getObject("id", UUID.class),
                    row.getObject("conversation_id", UUID.class),
                    row.getObject("parent_id", UUID.class),
                    row.getString("role"),
                    row.getString("text"),
                    row.getString("reasoning"),
                    List.of(),
                    row.getObject("run_id", UUID.class),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()),
            Arrays.asList((UUID[]) row.getArray("attachments").getArray()));

    private MessageTable() {}

    /** @param attachments by id; those that were deleted are still among them */
    record Row(Message message, List<UUID> attachments) {
        Message with(Map<UUID, Attachment> all) {
            return new Message(
                    message.id(),
                    message.conversationId(),
                    message.parentId(),
                    message.role(),
                    message.text(),
                    message.reasoning(),
                    attachments.stream().filter(all::containsKey).map(all::get).toList(),
                    message.runId(),
                    message.createdAt());
        }
    }

    static List<Message> withAttachments(Handle handle, UUID conversation, List<Row> rows) {
        Map<UUID, Attachment> all =
                rows.stream().allMatch(row -> row.attachments().isEmpty())
                        ? Map.of()
                        : AttachmentTable.ofConversation(handle, conversation).stream()
                                .collect(Collectors.toMap(Attachment::id, Function.identity()));
        return rows.stream().map(row -> row.with(all)).toList();
    }

    /** Adds a message and makes it the head of its conversation. */
    public static void insert(
            Handle handle,
            UUID id,
            UUID conversation,
            @Nullable UUID parent,
            String role,
            String text,
            String reasoning,
            List<UUID> attachments,
            @Nullable UUID run) {
        handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("conversation", conversation)
                .bind("parent", parent)
                .bind("role", role)
                .bind("text", text)
                .bind("reasoning", reasoning)
                .bindArray("attachments", UUID.class, attachments)
                .bind("run", run)
                .execute();
        handle.createUpdate(HEAD)
                .bind("head", id)
                .bind("conversation", conversation)
                .execute();
    }

    public static Optional<Message> find(Handle handle, UUID conversation, UUID id) {
        return withAttachments(
                        handle,
                        conversation,
                        handle.createQuery(FIND)
                                .bind("conversation", conversation)
                                .bind("id", id)
                                .map(ROW)
                                .list())
                .stream()
                .findFirst();
    }

    /** The branch that ends with a message, from its beginning. */
    public static List<Message> branch(Handle handle, UUID conversation, UUID id) {
        return withAttachments(
                handle,
                conversation,
                handle.createQuery(BRANCH)
                        .bind("conversation", conversation)
                        .bind("id", id)
                        .map(ROW)
                        .list());
    }

    /** Where the newest branch through a message ends. @return empty: there is no such message */
    static Optional<UUID> newestBelow(Handle handle, UUID conversation, UUID id) {
        return handle.createQuery(NEWEST_BELOW)
                .bind("conversation", conversation)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne();
    }
}
