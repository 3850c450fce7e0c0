package dev.jarvis.engine.run;

import dev.jarvis.engine.conversation.UsageColumns;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

import java.time.OffsetDateTime;
import java.util.UUID;

/** The runs of a conversation, as they are listed: without their plans, each of which holds the conversation up to it. */
final class RunListing {
    private static final String COUNT = "SELECT count(*) FROM runs WHERE conversation_id = :conversation";

    private static final String LIST = "SELECT r.*, " + UsageColumns.COLUMNS + """
             FROM (SELECT id, conversation_id, message_id, answer_id, agent_id, agent_version, agent_name, model_id,
                          status, end_code, end_message, step_count, created_at, started_at, ended_at
                     FROM runs WHERE conversation_id = :conversation
                    ORDER BY created_at DESC, id DESC LIMIT :size OFFSET :offset) r
            """ + UsageColumns.join("root.id = r.id")
            + "ORDER BY r.created_at DESC, r.id DESC";

    private static final RowMapper<Views.ListedRun> ROW = (row, context) -> new Views.ListedRun(
            row.getObject("id", UUID.class),
            row.getObject("conversation_id", UUID.class),
            row.getObject("message_id", UUID.class),
            row.getObject("answer_id", UUID.class),
            new Views.AgentName(
                    row.getObject("agent_id", UUID.class), row.getString("agent_name"), row.getInt("agent_version")),
            row.getString("model_id"),
            row.getString("status"),
            Views.Problem.of(row.getString("end_code"), row.getString("end_message")),
            UsageColumns.read(row),
            row.getInt("step_count"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            RunTable.instant(row, "started_at"),
            RunTable.instant(row, "ended_at"));

    private RunListing() {}

    /** The newest first. */
    static Page<Views.ListedRun> ofConversation(Handle handle, UUID conversation, PageRequest page) {
        long total = handle.createQuery(COUNT)
                .bind("conversation", conversation)
                .mapTo(Long.class)
                .one();
        return Page.of(
                handle.createQuery(LIST)
                        .bind("conversation", conversation)
                        .bind("size", page.pageSize())
                        .bind("offset", page.offset())
                        .map(ROW)
                        .list(),
                total,
                page);
    }
}
