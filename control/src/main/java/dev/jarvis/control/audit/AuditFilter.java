package dev.jarvis.control.audit;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.QueryParameters;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which records are wanted, from the query.
 *
 * @param actor a user's name, or its id as text
 * @param target the id of what was acted on, or its type
 * @param from inclusive
 * @param to exclusive
 * @param before only records older than this one: where the page before ended
 */
record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String target,
        @Nullable String outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable UUID before,
        int pageSize) {
    private static final Set<String> PARAMETERS =
            Set.of("actor", "action", "target", "outcome", "from", "to", "before", "page_size");

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 200;

    static AuditFilter of(Call call) {
        QueryParameters query = new QueryParameters(call, PARAMETERS);
        AuditFilter filter = new AuditFilter(
                query.text("actor").orElse(null),
                query.text("action").orElse(null),
                query.text("target").orElse(null),
                query.choice("outcome", List.of("done", "refused", "failed")).orElse(null),
                query.instant("from").orElse(null),
                query.instant("to").orElse(null),
                query.id("before").orElse(null),
                query.integer("page_size", 1, MAX_SIZE, DEFAULT_SIZE));
        if (filter.from != null && filter.to != null && !filter.from.isBefore(filter.to)) {
            throw Refusal.badRequest("invalid_range", "'from' must be before 'to'.", "from");
        }
        return filter;
    }
}
