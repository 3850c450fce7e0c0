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
    private static final String COLUMNS = "id, username, email, role, status, created_at, updated_at, last_login_at";

    private static final String INSERT = """
            INSERT INTO users (id, username, email, password_hash, role, status)
            VALUES (:id, :username, :email, :hash, :role, :status)
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String UPDATE = """
            UPDATE users SET username = :username, email = :email, role = :role, status = :status,
                             password_hash = coalesce(:hash, password_hash), updated_at = now()
            WHERE id = :id
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String LOCK = "SELECT %s FROM users WHERE id = :id FOR UPDATE".formatted(COLUMNS);

    private static final String UNIQUE_VIOLATION = "23505";

    private UserTable() {}

    /** @throws Refusal 409 {@code username_taken}, {@code email_taken} */
    static User insert(Handle handle, UUID id, UserFields fields, String passwordHash) {
        return unique(() -> handle.createQuery(INSERT)
                .bind("id", id)
                .bind("username", fields.username())
                .bind("email", fields.email())
                .bind("role", fields.role())
                .bind("status", fields.status())
                .bind("hash", passwordHash)
                .map(ConstructorMapper.of(User.class))
                .one());
    }

    /** @throws Refusal 409 {@code username_taken}, {@code email_taken} */
    static User update(Handle handle, UUID id, UserFields fields, Optional<String> passwordHash) {
        return unique(() -> handle.createQuery(UPDATE)
                .bind("id", id)
                .bind("username", fields.username())
                .bind("email", fields.email())
                .bind("role", fields.role())
                .bind("status", fields.status())
                .bind("hash", passwordHash.orElse(null))
                .map(ConstructorMapper.of(User.class))
                .one());
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

    private static User unique(Supplier<User> statement) {
        try {
            return statement.get();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof PSQLException sql
                    && UNIQUE_VIOLATION.equals(sql.getSQLState())
                    && sql.getServerErrorMessage() != null) {
                throw taken(String.valueOf(sql.getServerErrorMessage().getConstraint()));
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
