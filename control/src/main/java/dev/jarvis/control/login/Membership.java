package dev.jarvis.control.login;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

import java.util.List;
import java.util.UUID;

/**
 * A team that a user is in.
 *
 * @param role {@code member} or {@code lead}
 */
record Membership(UUID id, String name, String role) {
    private static final String OF_USER = """
            SELECT t.id, t.name, m.role FROM team_members m JOIN teams t ON t.id = m.team_id
            WHERE m.user_id = :user
            ORDER BY lower(t.name), t.id
            """;

    static List<Membership> of(Handle handle, UUID user) {
        return handle.createQuery(OF_USER)
                .bind("user", user)
                .map(ConstructorMapper.of(Membership.class))
                .list();
    }
}
