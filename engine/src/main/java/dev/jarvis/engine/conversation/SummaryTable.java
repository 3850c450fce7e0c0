package dev.jarvis.engine.conversation;

import org.jdbi.v3.core.Handle;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code conversation_summaries}. One ends at a message: what is above a message is the same in every branch. */
public final class SummaryTable {
    private static final String OF_BRANCH = """
            SELECT message_id, text FROM conversation_summaries
             WHERE conversation_id = :conversation AND message_id = ANY(:branch)
            """;

    private static final String PUT = """
            INSERT INTO conversation_summaries (message_id, conversation_id, text, messages, run_id)
            VALUES (:message, :conversation, :text, :messages, :run)
            ON CONFLICT (message_id) DO UPDATE
               SET text = excluded.text, messages = excluded.messages, run_id = excluded.run_id, created_at = now()
            """;

    private SummaryTable() {}

    /** The one that reaches furthest. @param branch ids of its messages, from the beginning */
    public static Optional<Summary> ofBranch(Handle handle, UUID conversation, List<UUID> branch) {
        return handle
                .createQuery(OF_BRANCH)
                .bind("conversation", conversation)
                .bindArray("branch", UUID.class, branch)
                .map((row, context) -> new Summary(row.getObject("message_id", UUID.class), row.getString("text")))
                .list()
                .stream()
                .max(Comparator.comparingInt(summary -> branch.indexOf(summary.messageId())));
    }

    public static void put(Handle handle, UUID conversation, UUID message, String text, int messages, UUID run) {
        handle.createUpdate(PUT)
                .bind("message", message)
                .bind("conversation", conversation)
                .bind("text", text)
                .bind("messages", messages)
                .bind("run", run)
                .execute();
    }
}
