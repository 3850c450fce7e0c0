package dev.jarvis.engine.conversation;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Messages as they are listed: a page of a conversation or of one branch of it, with their versions and what answers cost. */
final class MessageListing {
    private static final String OF_PAGE =
            """
            SELECT m.id, m.conversation_id, m.parent_id, m.role, m.text, m.reasoning, m.attachments, m.run_id, m.created_at,
                   CASE WHEN m.parent_id IS NULL
                        THEN ARRAY(SELECT s.id FROM messages s
                                    WHERE s.conversation_id = m.conversation_id AND s.parent_id IS NULL
                                    ORDER BY s.created_at, s.id)
                        ELSE ARRAY(SELECT s.id FROM messages s WHERE s.parent_id = m.parent_id
                                    ORDER BY s.created_at, s.id) END AS siblings,
                   r.step_count,
            """ + UsageColumns.COLUMNS + """
              FROM page JOIN messages m ON m.id = page.id LEFT JOIN runs r ON r.id = m.run_id
            """ + UsageColumns.join("root.id = m.run_id") + "ORDER BY page.place";

    private static final String NEWEST = """
            WITH page AS (
                SELECT m.id, row_number() OVER () AS place
                  FROM (SELECT id FROM messages WHERE conversation_id = :conversation
                         ORDER BY created_at DESC, id DESC LIMIT :most) m)
            """ + OF_PAGE;

    private static final String OLDER = """
            WITH page AS (
                SELECT m.id, row_number() OVER () AS place
                  FROM (SELECT id FROM messages
                         WHERE conversation_id = :conversation AND (created_at, id) < (:at, :before)
                         ORDER BY created_at DESC, id DESC LIMIT :most) m)
            """ + OF_PAGE;

    private static final String UPWARDS = """
            WITH RECURSIVE page AS (
                SELECT m.id, m.parent_id, 1 AS place FROM messages m
                 WHERE m.conversation_id = :conversation AND m.id = :from
                UNION ALL
                SELECT m.id, m.parent_id, p.place + 1 FROM page p JOIN messages m ON m.id = p.parent_id
                 WHERE p.place < :most)
            """ + OF_PAGE;

    private static final RowMapper<Row> ROW = (row, context) -> new Row(
            MessageTable.ROW.map(row, context),
            Arrays.asList((UUID[]) row.getArray("siblings").getArray()),
            row.getObject("step_count") == null
                    ? null
                    : new ListedMessage.Answered(row.getInt("step_count"), UsageColumns.read(row)));

    private MessageListing() {}

    private record Row(MessageTable.Row stored, List<UUID> siblings, ListedMessage.@Nullable Answered answered) {}

    /** The newest of all branches. */
    static List<ListedMessage> newest(Handle handle, UUID conversation, int most) {
        return list(handle, conversation, handle.createQuery(NEWEST), most);
    }

    /** Those before a message, of all branches; the newest first. */
    static List<ListedMessage> older(Handle handle, Message before, int most) {
        return list(
                handle,
                before.conversationId(),
                handle.createQuery(OLDER)
                        .bind("at", before.createdAt().atOffset(ZoneOffset.UTC))
                        .bind("before", before.id()),
                most);
    }

    /** A message and those above it, from below. */
    static List<ListedMessage> upwards(Handle handle, UUID conversation, UUID from, int most) {
        return list(handle, conversation, handle.createQuery(UPWARDS).bind("from", from), most);
    }

    private static List<ListedMessage> list(Handle handle, UUID conversation, Query query, int most) {
        List<Row> rows = query.bind("conversation", conversation)
                .bind("most", most)
                .map(ROW)
                .list();
        List<Message> messages = MessageTable.withAttachments(
                handle, conversation, rows.stream().map(Row::stored).toList());
        return IntStream.range(0, rows.size())
                .mapToObj(i -> ListedMessage.of(
                        messages.get(i), rows.get(i).siblings(), rows.get(i).answered()))
                .toList();
    }
}
