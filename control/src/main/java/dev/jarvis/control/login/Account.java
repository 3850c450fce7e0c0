package dev.jarvis.control.login;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

import java.util.Optional;
import java.util.UUID;

/** A user as a login sees one. */
public record Account(UUID id, String username, String email, String role, String status, String passwordHash) {
    private static final int MAX_NAME = 254;

    private static final String SELECT = "SELECT id, username, email, role, status, password_hash FROM users ";

    /** By user name or e-mail address, in any case. At most one user has it, since only addresses have an {@code @}. */
    static Optional<Account> named(Handle handle, String name) {
        if (name.length() > MAX_NAME || !name.codePoints().allMatch(Account::canBeStored)) {
            return Optional.empty();
        }
        return handle.createQuery(SELECT + "WHERE lower(username) = lower(:name) OR lower(email) = lower(:name)")
                .bind("name", name)
                .map(ConstructorMapper.of(Account.class))
                .findFirst();
    }

    private static boolean canBeStored(int codePoint) {
        return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
    }

    static Optional<Account> of(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(Account.class))
                .findOne();
    }

    boolean isEnabled() {
        return status.equals("enabled");
    }

    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
