package dev.jarvis.control.audit;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.json.Json;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** {@code /api/v1/audit-logs}: the latest records first, for administrators. */
public final class AuditEndpoint {
    /** @param next where the following page starts, as {@code before}; {@code null} at the end */
    private record Part(
            List<AuditLog> data, boolean hasMore, @Nullable UUID next) {}

    private static final String LIST = """
            SELECT id, at, actor_id, actor_name, caller_key_id, action, target_type, target_id, outcome, before, after,
                   remote_addr, request_id, detail
            FROM audit_logs
            WHERE (CAST(:actor AS text) IS NULL OR actor_id::text = lower(:actor) OR lower(actor_name) = lower(:actor))
              AND (CAST(:action AS text) IS NULL OR action = :action)
              AND (CAST(:target AS text) IS NULL OR target_id = :target OR target_type = :target)
              AND (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
              AND (CAST(:from AS timestamptz) IS NULL OR at >= :from)
              AND (CAST(:to AS timestamptz) IS NULL OR at < :to)
              AND (CAST(:before AS uuid) IS NULL OR id < :before)
            ORDER BY id DESC
            LIMIT :size
            """;

    private final Jdbi jdbi;

    public AuditEndpoint(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/audit-logs", Access.ADMIN, this::list);
    }

    private Reply list(Call call) {
        AuditFilter filter = AuditFilter.of(call);
        List<AuditLog> found = jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("actor", filter.actor())
                .bind("action", filter.action())
                .bind("target", filter.target())
                .bind("outcome", filter.outcome())
                .bind("from", filter.from())
                .bind("to", filter.to())
                .bind("before", filter.before())
                .bind("size", filter.pageSize() + 1)
                .map((row, context) -> read(row))
                .list());
        boolean hasMore = found.size() > filter.pageSize();
        List<AuditLog> data = hasMore ? found.subList(0, filter.pageSize()) : found;
        return Reply.ok(new Part(data, hasMore, hasMore ? data.getLast().id() : null));
    }

    private static AuditLog read(ResultSet row) throws SQLException {
        return new AuditLog(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("actor_id", UUID.class),
                row.getString("actor_name"),
                row.getObject("caller_key_id", UUID.class),
                row.getString("action"),
                row.getString("target_type"),
                row.getString("target_id"),
                row.getString("outcome"),
                json(row.getString("before")),
                json(row.getString("after")),
                row.getString("remote_addr"),
                row.getString("request_id"),
                row.getString("detail"));
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.MAPPER.readTree(text);
    }
}
