package dev.jarvis.control.team;

import dev.jarvis.platform.http.Refusal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of teams and their members. */
final class TeamTable {
    /** What one answer shows of a team. Lists of users can be filtered by team, page by page. */
    static final int MOST_MEMBERS = 1000;

    static final String SELECT = """
            SELECT t.id, t.name, t.description, t.is_default, t.created_at, t.updated_at,
                   (SELECT count(*) FROM team_members m WHERE m.team_id = t.id) AS member_count
            FROM teams t
            """;

    private static final String FIND = SELECT + "WHERE t.id = :id";

    private static final String LOCK = "SELECT 1 FROM teams WHERE id = :id FOR UPDATE";

    private static final String INSERT = """
            INSERT INTO teams (id, name, description) VALUES (:id, :name, :description)
            """;

    private static final String UPDATE = """
            UPDATE teams SET name = :name, description = :description, updated_at = now() WHERE id = :id
            """;

    private static final String MEMBERS = """
            SELECT m.user_id, u.username, m.role, m.created_at,
                   coalesce(u.team_id, '00000000-0000-7000-8000-000000000001'::uuid) = m.team_id AS pays
            FROM team_members m JOIN users u ON u.id = m.user_id
            WHERE m.team_id = :team AND (CAST(:user AS uuid) IS NULL OR m.user_id = :user)
            ORDER BY lower(u.username), u.id
            LIMIT :most
            """;

    private static final String PUT_MEMBER = """
            INSERT INTO team_members (team_id, user_id, role) VALUES (:team, :user, :role)
            ON CONFLICT (team_id, user_id) DO UPDATE SET role = excluded.role
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    private TeamTable() {}

    static Optional<Team> find(Handle handle, UUID id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map(ConstructorMapper.of(Team.class))
                .findOne();
    }

    /** Keeps a team and the list of its members as they are until the transaction ends. */
    static Optional<Team> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK)
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .flatMap(found -> find(handle, id));
    }

    /** @throws Refusal 409 {@code team_exists} */
    static void insert(Handle handle, UUID id, TeamFields fields) {
        write(handle, INSERT, id, fields);
    }

    /** @throws Refusal 409 {@code team_exists} */
    static void update(Handle handle, UUID id, TeamFields fields) {
        write(handle, UPDATE, id, fields);
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM teams WHERE id = :id").bind("id", id).execute();
    }

    static List<TeamMember> members(Handle handle, UUID team) {
        return handle.createQuery(MEMBERS)
                .bind("team", team)
                .bindNull("user", java.sql.Types.OTHER)
                .bind("most", MOST_MEMBERS)
                .map(ConstructorMapper.of(TeamMember.class))
                .list();
    }

    static Optional<TeamMember> member(Handle handle, UUID team, UUID user) {
        return handle.createQuery(MEMBERS)
                .bind("team", team)
                .bind("user", user)
                .bind("most", 1)
                .map(ConstructorMapper.of(TeamMember.class))
                .findOne();
    }

    static boolean hasUser(Handle handle, UUID user) {
        return handle.createQuery("SELECT 1 FROM users WHERE id = :id FOR KEY SHARE")
                .bind("id", user)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static void putMember(Handle handle, UUID team, UUID user, String role) {
        handle.createUpdate(PUT_MEMBER)
                .bind("team", team)
                .bind("user", user)
                .bind("role", role)
                .execute();
    }

    /** Also ends what is paid through the membership: the user and their keys fall back, by the foreign keys. */
    static void removeMember(Handle handle, UUID team, UUID user) {
        handle.createUpdate("DELETE FROM team_members WHERE team_id = :team AND user_id = :user")
                .bind("team", team)
                .bind("user", user)
                .execute();
    }

    private static void write(Handle handle, String sql, UUID id, TeamFields fields) {
        try {
            handle.createUpdate(sql)
                    .bind("id", id)
                    .bind("name", fields.name())
                    .bind("description", fields.description())
                    .execute();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof PSQLException violation && UNIQUE_VIOLATION.equals(violation.getSQLState())) {
                throw Refusal.conflict("team_exists", "There is a team of this name already.", "name");
            }
            throw e;
        }
    }
}
