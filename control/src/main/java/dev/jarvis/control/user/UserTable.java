package dev.jarvis.control.user;

import dev.jarvis.platform.http.Refusal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The SQL that writes users. */
final class UserTable {
    static final String COLUMNS = """
            id, username, email, role, status,
            coalesce(team_id, '00000000-0000-7000-8000-000000000001'::uuid) AS team_id,
            created_at, updated_at, last_login_at,
            (SELECT i.expires_at FROM invitations i WHERE i.user_id = users.id AND i.expires_at > now()) AS invited_until
            """;

    private static final String INSERT = """
            INSERT INTO users (id, username, email, password_hash, role, status)
            VALUES (:id, :username, :email, :hash, :role, :status)
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String UPDATE = """
            UPDATE users SET username = :username, email = :email, role = :role, status = :status,
                             team_id = nullif(CAST(:team AS uuid), '00000000-0000-7000-8000-000000000001'::uuid),
                             password_hash = coalesce(:hash, password_hash), updated_at = now()
            WHERE id = :id
            RETURNING %s
            """.formatted(COLUMNS);

    /** In the default team, as everybody, and in the one that is to pay. */
    private static final String JOIN = """
            INSERT INTO team_members (team_id, user_id)
            SELECT t.id, :id FROM teams t WHERE t.is_default OR t.id = :team
            """;

    private static final String LOCK = "SELECT %s FROM users WHERE id = :id FOR UPDATE".formatted(COLUMNS);

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private UserTable() {}

    /** @throws Refusal 409 {@code username_taken}, {@code email_taken}; 400 {@code not_a_member} if there is no such team */
    static User insert(Handle handle, UUID id, UserFields fields, String passwordHash) {
        User user = checked(() -> handle.createQuery(INSERT)
                .bind("id", id)
                .bind("username", fields.username())
                .bind("email", fields.email())
                .bind("role", fields.role())
                .bind("status", fields.status())
                .bind("hash", passwordHash)
                .map(ConstructorMapper.of(User.class))
                .one());
        handle.createUpdate(JOIN).bind("id", id).bind("team", fields.teamId()).execute();
        return fields.teamId().equals(user.teamId()) ? user : update(handle, id, fields, Optional.empty());
    }

    /**
     * @throws Refusal 409 {@code username_taken}, {@code email_taken}; 400 {@code not_a_member} if the user is not in the
     *     team
     */
    static User update(Handle handle, UUID id, UserFields fields, Optional<String> passwordHash) {
        return checked(() -> handle.createQuery(UPDATE)
                .bind("id", id)
                .bind("username", fields.username())
                .bind("email", fields.email())
                .bind("role", fields.role())
                .bind("status", fields.status())
                .bind("team", fields.teamId())
                .bind("hash", passwordHash.orElse(null))
                .map(ConstructorMapper.of(User.class))
                .one());
    }

    static void setPassword(Handle handle, UUID id, String hash) {
        handle.createUpdate("UPDATE users SET password_hash = :hash, updated_at = now() WHERE id = :id")
                .bind("id", id)
                .bind("hash", hash)
                .execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM users WHERE id = :id").bind("id", id).execute();
    }

    static Optional<User> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK)
                .bind("id", id)
                .map(ConstructorMapper.of(User.class))
                .findOne();
    }

    static boolean isEmpty(Handle handle) {
        return !handle.createQuery("SELECT EXISTS (SELECT 1 FROM users)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Two changes at once must not each leave the other's administrator as the last one. Held to the commit. */
    static void lockAdministrators(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('administrators'))");
    }

    static boolean hasOtherAdministrator(Handle handle, UUID id) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND status = 'enabled' AND id <> :id)
                        """).bind("id", id).mapTo(Boolean.class).one();
    }

    private static User checked(Supplier<User> statement) {
        try {
            return statement.get();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
                String constraint = String.valueOf(sql.getServerErrorMessage().getConstraint());
                if (UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                    throw taken(constraint);
                }
                if (FOREIGN_KEY_VIOLATION.equals(sql.getSQLState()) && constraint.equals("users_team_fkey")) {
                    throw Refusal.badRequest(
                            "not_a_member",
                            "'team_id' must be a team that the user is in. Make them a member first.",
                            "team_id");
                }
            }
            throw e;
        }
    }

    private static Refusal taken(String index) {
        return index.equals("users_email_key")
                ? Refusal.conflict("email_taken", "Another user has this e-mail address.", "email")
                : Refusal.conflict("username_taken", "Another user has this name.", "username");
    }
}
