package dev.jarvis.control.team;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Reads teams for the screens of administrators. */
final class TeamListing {
    private static final String WHERE = """
            WHERE (CAST(:search AS text) IS NULL OR strpos(lower(t.name), lower(:search)) > 0)
              AND (CAST(:user AS uuid) IS NULL
                   OR EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = t.id AND m.user_id = :user))
            """;

    private static final String COUNT = "SELECT count(*) FROM teams t " + WHERE;

    private static final String LIST =
            TeamTable.SELECT + WHERE + "ORDER BY lower(t.name), t.id LIMIT :size OFFSET :offset";

    private final Jdbi jdbi;

    TeamListing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param search literal text in the name; {@code null}: all
     * @param user who is a member; {@code null}: anyone
     */
    Page<Team> list(@Nullable String search, @Nullable UUID user, PageRequest page) {
        return jdbi.withHandle(handle -> {
            long total = handle.createQuery(COUNT)
                    .bind("search", search)
                    .bind("user", user)
                    .mapTo(Long.class)
                    .one();
            List<Team> teams = handle.createQuery(LIST)
                    .bind("search", search)
                    .bind("user", user)
                    .bind("size", page.pageSize())
                    .bind("offset", page.offset())
                    .map(ConstructorMapper.of(Team.class))
                    .list();
            return Page.of(teams, total, page);
        });
    }
}
