package dev.jarvis.control.ratelimit;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Jdbi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads rate limits. */
final class RateLimitListing {
    private static final String WHERE = "FROM rate_limits WHERE (CAST(:scope AS text) IS NULL OR scope = :scope) ";
    private static final String COUNT = "SELECT count(*) " + WHERE;
    private static final String LIST =
            "SELECT" + RateLimitTable.COLUMNS + WHERE + "ORDER BY scope, subject_id LIMIT :size OFFSET :offset";
    private static final String FIND =
            "SELECT" + RateLimitTable.COLUMNS + "FROM rate_limits WHERE scope = :scope AND subject_id = :subject";

    private final Jdbi jdbi;

    RateLimitListing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param scope empty: all */
    Page<RateLimit> list(Optional<String> scope, PageRequest page) {
        return jdbi.withHandle(handle -> {
            long total = handle.createQuery(COUNT)
                    .bind("scope", scope.orElse(null))
                    .mapTo(Long.class)
                    .one();
            List<RateLimit> limits = handle.createQuery(LIST)
                    .bind("scope", scope.orElse(null))
                    .bind("size", page.pageSize())
                    .bind("offset", page.offset())
                    .map(RateLimitTable.ROW)
                    .list();
            return Page.of(limits, total, page);
        });
    }

    Optional<RateLimit> find(String scope, UUID subject) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("scope", scope)
                .bind("subject", subject)
                .map(RateLimitTable.ROW)
                .findOne());
    }
}
