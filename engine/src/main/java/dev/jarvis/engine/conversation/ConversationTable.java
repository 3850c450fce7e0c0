package dev.jarvis.engine.conversation;

import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code conversations}. What they cost is summed up from the steps of their runs. */
final class ConversationTable {
    private static final String SELECT =
            """
            SELECT c.id, c.user_id, c.title, c.agent_id, v.name AS agent_name, v.config ->> 'icon' AS agent_icon,
                   v.model_id, c.head_id, c.archived, c.share_hash IS NOT NULL AS shared, c.created_at, c.updated_at,
            """ + UsageColumns.COLUMNS + """
              FROM conversations c
              LEFT JOIN agents a ON a.id = c.agent_id
              LEFT JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version
            """ + UsageColumns.join("root.conversation_id = c.id");

    private static final String FIND = SELECT + "WHERE c.id = :id";

    private static final String FIND_SHARED = SELECT + "WHERE c.share_hash = :hash";

    private static final String MATCHING = """
             WHERE c.user_id = :user AND c.archived = :archived
               AND (CAST(:agent AS uuid) IS NULL OR c.agent_id = :agent)
               AND (CAST(:text AS text) IS NULL OR strpos(lower(c.title), lower(:text)) > 0
                    OR EXISTS (SELECT 1 FROM messages m
                                WHERE m.conversation_id = c.id AND strpos(lower(m.text), lower(:text)) > 0))
            """;

    private static final String COUNT = "SELECT count(*) FROM conversations c" + MATCHING;

    private static final String LIST =
            SELECT + MATCHING + "ORDER BY c.updated_at DESC, c.id LIMIT :size OFFSET :offset";

    private static final String INSERT = """
            INSERT INTO conversations (id, user_id, agent_id, title, title_chosen)
            VALUES (:id, :user, :agent, :title, :chosen)
            """;

    private static final String UPDATE = """
            UPDATE conversations SET title = :title, title_chosen = :chosen, archived = :archived, head_id = :head
             WHERE id = :id
            """;

    private static final String TITLE =
            "UPDATE conversations SET title = :title WHERE id = :id AND NOT title_chosen AND head_id IS NULL";

    private static final String SHARE = "UPDATE conversations SET share_hash = :hash, shared_at = now() WHERE id = :id";

    private static final String UNSHARE = "UPDATE conversations SET share_hash = NULL, shared_at = NULL WHERE id = :id";

    private static final String LOCK = "SELECT id FROM conversations WHERE id = :id FOR UPDATE";

    private static final String DELETE = "DELETE FROM conversations WHERE id = :id";

    private static final RowMapper<Conversation> ROW = (row, context) -> {
        UUID agent = row.getObject("agent_id", UUID.class);
        return new Conversation(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("title"),
                agent == null
                        ? null
                        : new Conversation.AgentName(
                                agent,
                                row.getString("agent_name"),
                                row.getString("agent_icon"),
                                row.getString("model_id")),
                row.getObject("head_id", UUID.class),
                row.getBoolean("archived"),
                row.getBoolean("shared"),
                UsageColumns.read(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    };

    private ConversationTable() {}

    static Optional<Conversation> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map(ROW).findOne();
    }

    static Optional<Conversation> findShared(Handle handle, byte[] hash) {
        return handle.createQuery(FIND_SHARED).bind("hash", hash).map(ROW).findOne();
    }

    static long count(Handle handle, ConversationSearch search) {
        return matching(handle.createQuery(COUNT), search).mapTo(Long.class).one();
    }

    static List<Conversation> list(Handle handle, ConversationSearch search, PageRequest page) {
        return matching(handle.createQuery(LIST), search)
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map(ROW)
                .list();
    }

    private static Query matching(Query query, ConversationSearch search) {
        return query.bind("user", search.user())
                .bind("archived", search.archived())
                .bind("agent", search.agent())
                .bind("text", search.text());
    }

    static void insert(Handle handle, UUID id, UUID user, UUID agent, String title, boolean chosen) {
        handle.createUpdate(INSERT)
                .bind("id", id)
                .bind("user", user)
                .bind("agent", agent)
                .bind("title", title)
                .bind("chosen", chosen)
                .execute();
    }

    static void lock(Handle handle, UUID id) {
        handle.createQuery(LOCK).bind("id", id).mapTo(UUID.class).findOne();
    }

    static void update(Handle handle, UUID id, String title, boolean chosen, boolean archived, @Nullable UUID head) {
        handle.createUpdate(UPDATE)
                .bind("id", id)
                .bind("title", title)
                .bind("chosen", chosen)
                .bind("archived", archived)
                .bind("head", head)
                .execute();
    }

    /** Of a conversation without messages whose title nobody chose. */
    static void title(Handle handle, UUID id, String title) {
        handle.createUpdate(TITLE).bind("id", id).bind("title", title).execute();
    }

    static void share(Handle handle, UUID id, byte[] hash) {
        handle.createUpdate(SHARE).bind("id", id).bind("hash", hash).execute();
    }

    static void unshare(Handle handle, UUID id) {
        handle.createUpdate(UNSHARE).bind("id", id).execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate(DELETE).bind("id", id).execute();
    }
}
