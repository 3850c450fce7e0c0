package dev.jarvis.control.key;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads caller keys for their owners and for administrators. */
final class KeyListing {
    private static final String WHERE = """
            FROM caller_keys
            WHERE (CAST(:owner AS uuid) IS NULL OR user_id = :owner)
              AND (CAST(:search AS text) IS NULL OR strpos(lower(name), lower(:search)) > 0
                   OR right(display_hint, 4) = right(:search, 4))
            """;
    private static final String COUNT = "SELECT count(*) " + WHERE;
    private static final String LIST =
            "SELECT " + KeyTable.COLUMNS + WHERE + "ORDER BY created_at DESC, id DESC LIMIT :size OFFSET :offset";
    private static final String FIND = "SELECT " + KeyTable.COLUMNS + "FROM caller_keys WHERE id = :id";

    private final Jdbi jdbi;

    KeyListing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param owner {@code null}: everybody's
     * @param search literal text in the name, or a key's last four characters; {@code null}: all
     */
    Page<Key> list(@Nullable UUID owner, @Nullable String search, PageRequest page) {
        return jdbi.withHandle(handle -> {
            long total = handle.createQuery(COUNT)
                    .bind("owner", owner)
                    .bind("search", search)
                    .mapTo(Long.class)
                    .one();
            List<Key> keys = handle.createQuery(LIST)
                    .bind("owner", owner)
                    .bind("search", search)
                    .bind("size", page.pageSize())
                    .bind("offset", page.offset())
                    .map(KeyTable.ROW)
                    .list();
            return Page.of(keys, total, page);
        });
    }

    Optional<Key> find(UUID id) {
        return jdbi.withHandle(handle ->
                handle.createQuery(FIND).bind("id", id).map(KeyTable.ROW).findOne());
    }
}
