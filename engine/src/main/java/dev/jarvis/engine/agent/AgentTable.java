package dev.jarvis.engine.agent;

import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code agents} and {@code agent_versions}. */
final class AgentTable {
    private static final String COLUMNS = """
            a.id, a.slug, a.owner_id, a.owner_name, a.team_id, a.visibility, a.version, a.created_at, a.updated_at,
            v.config
            """;

    private static final String SELECT = "SELECT " + COLUMNS + """
            FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version
            """;

    private static final String FIND = SELECT + "WHERE a.id = :id";

    private static final String FIND_SLUG = SELECT + "WHERE a.slug = :slug";

    private static final String LOCK = SELECT + "WHERE a.id = :id FOR UPDATE OF a";

    private static final String FIND_VERSION = "SELECT " + COLUMNS + """
            FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = :version WHERE a.id = :id
            """;

    private static final String OPEN = """
            WHERE (:everything OR a.owner_id = :user OR a.visibility = 'all' OR
            """ + Sharing.WITH_TEAM + """
                  )
              AND (CAST(:text AS text) IS NULL OR strpos(lower(v.name), lower(:text)) > 0 OR strpos(a.slug, lower(:text)) > 0)
            """;

    private static final String COUNT = """
            SELECT count(*) FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version
            """ + OPEN;

    private static final String LIST = SELECT + OPEN + "ORDER BY a.updated_at DESC, a.id LIMIT :size OFFSET :offset";

    private static final String INSERT = """
            INSERT INTO agents (id, slug, owner_id, owner_name, team_id, visibility)
            VALUES (:id, :slug, :owner, :ownerName, :team, :visibility)
            ON CONFLICT (slug) DO NOTHING
            """;

    private static final String INSERT_VERSION = """
            INSERT INTO agent_versions (agent_id, version, name, model_id, config, created_by, created_by_name)
            VALUES (:id, :version, :name, :model, CAST(:config AS jsonb), :user, :userName)
            """;

    private static final String UPDATE = """
            UPDATE agents SET version = :version, visibility = :visibility, team_id = :team, slug = :slug, updated_at = now()
             WHERE id = :id
            """;

    private static final String SLUG_TAKEN = "SELECT EXISTS (SELECT 1 FROM agents WHERE slug = :slug AND id <> :id)";

    private static final String DELETE = "DELETE FROM agents WHERE id = :id";

    private static final String VERSIONS = """
            SELECT v.version, v.version = a.version AS current, v.name, v.model_id, v.created_by_name, v.created_at
              FROM agent_versions v JOIN agents a ON a.id = v.agent_id
             WHERE v.agent_id = :id ORDER BY v.version DESC LIMIT :size OFFSET :offset
            """;

    private static final String COUNT_VERSIONS = "SELECT count(*) FROM agent_versions WHERE agent_id = :id";

    private static final RowMapper<Agent> ROW = (row, context) -> new Agent(
            row.getObject("id", UUID.class),
            row.getString("slug"),
            row.getObject("owner_id", UUID.class),
            row.getString("owner_name"),
            row.getObject("team_id", UUID.class),
            Visibility.of(row.getString("visibility")),
            row.getInt("version"),
            Json.MAPPER.readValue(row.getString("config"), AgentConfig.class),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());

    private AgentTable() {}

    static Optional<Agent> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map(ROW).findOne();
    }

    static Optional<Agent> findSlug(Handle handle, String slug) {
        return handle.createQuery(FIND_SLUG).bind("slug", slug).map(ROW).findOne();
    }

    static Optional<Agent> findVersion(Handle handle, UUID id, int version) {
        return handle.createQuery(FIND_VERSION)
                .bind("id", id)
                .bind("version", version)
                .map(ROW)
                .findOne();
    }

    static Optional<Agent> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map(ROW).findOne();
    }

    static long count(Handle handle, Identity caller, boolean all, @Nullable String text) {
        return open(handle.createQuery(COUNT), caller, all, text)
                .mapTo(Long.class)
                .one();
    }

    static List<Agent> list(Handle handle, Identity caller, boolean all, @Nullable String text, PageRequest page) {
        return open(handle.createQuery(LIST), caller, all, text)
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map(ROW)
                .list();
    }

    private static Query open(Query query, Identity caller, boolean all, @Nullable String text) {
        return query.bind("everything", all && caller.role() == Role.ADMIN)
                .bind("user", caller.userId())
                .bind("text", text);
    }

    /** @return whether the slug was free */
    static boolean insert(Handle handle, UUID id, String slug, Identity owner, Visibility visibility) {
        return handle.createUpdate(INSERT)
                        .bind("id", id)
                        .bind("slug", slug)
                        .bind("owner", owner.userId())
                        .bind("ownerName", owner.username())
                        .bind("team", owner.teamId())
                        .bind("visibility", visibility.code())
                        .execute()
                == 1;
    }

    static void insertVersion(Handle handle, UUID id, int version, AgentConfig config, Identity by) {
        handle.createUpdate(INSERT_VERSION)
                .bind("id", id)
                .bind("version", version)
                .bind("name", config.name())
                .bind("model", config.model().modelId())
                .bind("config", Json.MAPPER.writeValueAsString(config))
                .bind("user", by.userId())
                .bind("userName", by.username())
                .execute();
    }

    static boolean isTaken(Handle handle, String slug, UUID by) {
        return handle.createQuery(SLUG_TAKEN)
                .bind("slug", slug)
                .bind("id", by)
                .mapTo(Boolean.class)
                .one();
    }

    static void update(Handle handle, UUID id, int version, String slug, Visibility visibility, UUID team) {
        handle.createUpdate(UPDATE)
                .bind("id", id)
                .bind("version", version)
                .bind("slug", slug)
                .bind("visibility", visibility.code())
                .bind("team", team)
                .execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate(DELETE).bind("id", id).execute();
    }

    static long countVersions(Handle handle, UUID id) {
        return handle.createQuery(COUNT_VERSIONS)
                .bind("id", id)
                .mapTo(Long.class)
                .one();
    }

    static List<AgentVersion> versions(Handle handle, UUID id, PageRequest page) {
        return handle.createQuery(VERSIONS)
                .bind("id", id)
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map((row, context) -> new AgentVersion(
                        row.getInt("version"),
                        row.getBoolean("current"),
                        row.getString("name"),
                        row.getString("model_id"),
                        row.getString("created_by_name"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
