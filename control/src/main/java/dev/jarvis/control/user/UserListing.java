package dev.jarvis.control.user;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.QueryParameters;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads users for the screens of administrators. */
final class UserListing {
    /** What to look for; the search is literal text, never a pattern. */
    record Filter(
            @Nullable String search,
            @Nullable String role,
            @Nullable String status,
            @Nullable UUID team) {
        static Filter of(QueryParameters query) {
            return new Filter(
                    query.text("q").orElse(null),
                    query.choice("role", UserFields.ROLES).orElse(null),
                    query.choice("status", UserFields.STATUSES).orElse(null),
                    query.id("team_id").orElse(null));
        }
    }

    private static final String WHERE = """
            FROM users
            WHERE (CAST(:search AS text) IS NULL
                   OR strpos(lower(username), lower(:search)) > 0 OR strpos(lower(email), lower(:search)) > 0)
              AND (CAST(:role AS text) IS NULL OR role = :role)
              AND (CAST(:status AS text) IS NULL OR status = :status)
              AND (CAST(:team AS uuid) IS NULL
                   OR EXISTS (SELECT 1 FROM team_members m WHERE m.user_id = users.id AND m.team_id = :team))
            """;

    private static final String COUNT = "SELECT count(*) " + WHERE;

    private static final String LIST =
            "SELECT " + UserTable.COLUMNS + WHERE + "ORDER BY lower(username), id LIMIT :size OFFSET :offset";

    private static final String FIND = "SELECT " + UserTable.COLUMNS + "FROM users WHERE id = :id";

    private final Jdbi jdbi;

    UserListing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Page<User> list(Filter filter, PageRequest page) {
        return jdbi.withHandle(handle -> {
            long total =
                    bind(filter, handle.createQuery(COUNT)).mapTo(Long.class).one();
            List<User> users = bind(filter, handle.createQuery(LIST))
                    .bind("size", page.pageSize())
                    .bind("offset", page.offset())
                    .map(ConstructorMapper.of(User.class))
                    .list();
            return Page.of(users, total, page);
        });
    }

    private static Query bind(Filter filter, Query query) {
        return query.bind("search", filter.search())
                .bind("role", filter.role())
                .bind("status", filter.status())
                .bind("team", filter.team());
    }

    Optional<User> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("id", id)
                .map(ConstructorMapper.of(User.class))
                .findOne());
    }
}
