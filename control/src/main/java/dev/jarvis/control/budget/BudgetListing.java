package dev.jarvis.control.budget;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.money.BudgetWindow;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads budgets with their current windows. */
final class BudgetListing {
    /** What to look for. */
    record Filter(
            @Nullable String scope,
            @Nullable UUID subject,
            @Nullable String status) {
        static Filter of(QueryParameters query) {
            return new Filter(
                    query.choice("scope", Scope.CODES).orElse(null),
                    query.id("subject_id").orElse(null),
                    query.choice("status", BudgetFields.STATUSES).orElse(null));
        }
    }

    private record Use(UUID budget, WindowRow row) {}

    private static final String WHERE = """
            WHERE (CAST(:scope AS text) IS NULL OR b.scope = :scope)
              AND (CAST(:subject AS uuid) IS NULL OR b.subject_id = :subject)
              AND (CAST(:status AS text) IS NULL OR b.status = :status)
            """;

    private static final String COUNT = "SELECT count(*) FROM budgets b " + WHERE;

    private static final String LIST =
            BudgetTable.SELECT + WHERE + "ORDER BY b.created_at, b.id LIMIT :size OFFSET :offset";

    /** Of the whole organisation, the caller's team, the caller, and their key, or without one their keys. */
    private static final String BINDING = BudgetTable.SELECT + """
            WHERE b.status = 'enabled'
              AND (b.scope = 'organisation'
                   OR (b.scope = 'team' AND b.subject_id = :team)
                   OR (b.scope = 'user' AND b.subject_id = :user)
                   OR (b.scope = 'caller_key' AND b.subject_id IN
                       (SELECT k.id FROM caller_keys k
                        WHERE k.user_id = :user AND (CAST(:key AS uuid) IS NULL OR k.id = :key))))
            ORDER BY array_position(ARRAY['organisation', 'team', 'user', 'caller_key'], b.scope), b.created_at, b.id
            LIMIT 1000
            """;

    private static final String WINDOWS = """
            SELECT budget_id, starts_at, extra, spent, leased FROM budget_windows
            WHERE budget_id IN (<ids>) AND starts_at <= :now AND ends_at > :now
            """;

    private BudgetListing() {}

    static Page<BudgetView> list(Handle handle, Filter filter, PageRequest page, Instant now) {
        long total = bind(filter, handle.createQuery(COUNT)).mapTo(Long.class).one();
        List<BudgetRow> rows = bind(filter, handle.createQuery(LIST))
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map(BudgetTable.ROW)
                .list();
        return Page.of(views(handle, rows, now), total, page);
    }

    /** What limits a caller, the widest first. */
    static List<BudgetView> binding(Handle handle, Identity caller, Instant now) {
        List<BudgetRow> rows = handle.createQuery(BINDING)
                .bind("team", caller.teamId())
                .bind("user", caller.userId())
                .bind("key", caller.callerKeyId().orElse(null))
                .map(BudgetTable.ROW)
                .list();
        return views(handle, rows, now);
    }

    static Optional<BudgetView> find(Handle handle, UUID id, Instant now) {
        return BudgetTable.find(handle, id)
                .map(row -> views(handle, List.of(row), now).getFirst());
    }

    private static List<BudgetView> views(Handle handle, List<BudgetRow> rows, Instant now) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, WindowRow> windows = handle
                .createQuery(WINDOWS)
                .bindList("ids", rows.stream().map(BudgetRow::id).toList())
                .bind("now", now)
                .map((row, context) -> new Use(
                        row.getObject("budget_id", UUID.class),
                        new WindowRow(
                                row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                                row.getLong("extra"),
                                row.getLong("spent"),
                                row.getLong("leased"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Use::budget, Use::row, (one, other) -> one));
        Function<BudgetRow, BudgetView> view = row -> {
            BudgetWindow window = row.windowAt(now);
            WindowRow use = windows.getOrDefault(row.id(), WindowRow.unused(window.startsAt()));
            return BudgetView.of(row, window, use);
        };
        return rows.stream().map(view).toList();
    }

    private static Query bind(Filter filter, Query query) {
        return query.bind("scope", filter.scope())
                .bind("subject", filter.subject())
                .bind("status", filter.status());
    }
}
