package dev.jarvis.control.reconciliation;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.json.Json;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/reconciliations}: bills of providers held against our records, for administrators. */
public final class ReconciliationEndpoint {
    private static final long LARGEST_BILL = 16L << 20;
    private static final int MOST_DAYS = 400;

    private static final String INSERT = """
            INSERT INTO reconciliations (id, name, provider, first_day, last_day, alert, comparison, created_by)
            VALUES (:id, :name, :provider, :first, :last, :alert, CAST(:comparison AS jsonb), :user)
            """;

    private static final String LIST = """
            SELECT r.id, r.name, r.provider, r.first_day, r.last_day, r.alert, r.comparison -> 'totals' AS totals, r.created_by,
                   users.username, r.created_at
            FROM reconciliations r LEFT JOIN users ON users.id = r.created_by
            WHERE CAST(:after AS uuid) IS NULL OR r.id < :after
            ORDER BY r.id DESC LIMIT :size
            """;

    private static final String FIND = """
            SELECT r.id, r.name, r.provider, r.first_day, r.last_day, r.alert, r.comparison -> 'totals' AS totals,
                   r.comparison -> 'lines' AS lines, r.created_by, users.username, r.created_at
            FROM reconciliations r LEFT JOIN users ON users.id = r.created_by
            WHERE r.id = :id
            """;

    private final Jdbi jdbi;
    private final Audit audit;

    /** @param next where the following page starts, as {@code after}; {@code null} at the end */
    private record Part(
            List<Summary> data, boolean hasMore, @Nullable UUID next) {}

    /** A comparison without its lines; also what the audit log says of it. */
    private record Summary(
            UUID id,
            String name,
            @Nullable String provider,
            LocalDate firstDay,
            LocalDate lastDay,
            boolean alert,
            JsonNode totals,
            @Nullable UUID createdBy,
            @Nullable String createdByName,
            Instant createdAt) {}

    private record Whole(
            UUID id,
            String name,
            @Nullable String provider,
            LocalDate firstDay,
            LocalDate lastDay,
            boolean alert,
            JsonNode totals,
            JsonNode lines,
            @Nullable UUID createdBy,
            @Nullable String createdByName,
            Instant createdAt) {}

    public ReconciliationEndpoint(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .addUpload(
                        HttpMethod.POST,
                        "/api/v1/reconciliations",
                        Access.ADMIN,
                        "text/csv",
                        LARGEST_BILL,
                        this::create)
                .add(HttpMethod.GET, "/api/v1/reconciliations", Access.ADMIN, this::list)
                .add(HttpMethod.GET, "/api/v1/reconciliations/{id}", Access.ADMIN, this::get);
    }

    private Reply create(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("name", "provider"));
        String provider = query.text("provider").orElse(null);
        List<BillLine> bill = BillReader.read(call.body());
        LocalDate first = Comparison.first(bill);
        LocalDate last = Comparison.last(bill);
        if (ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw Refusal.badRequest("invalid_bill", "The file covers more than " + MOST_DAYS + " days.", null);
        }
        String name = query.text("name").orElseGet(() -> first.equals(last) ? first.toString() : first + " – " + last);
        UUID id = Uuid7.next();
        Whole whole = jdbi.inTransaction(handle -> {
            Comparison comparison = Comparison.of(bill, OwnRecords.read(handle, first, last, provider));
            handle.createUpdate(INSERT)
                    .bind("id", id)
                    .bind("name", name)
                    .bind("provider", provider)
                    .bind("first", first)
                    .bind("last", last)
                    .bind("alert", comparison.alert())
                    .bind("comparison", Json.MAPPER.writeValueAsString(comparison))
                    .bind("user", call.caller().userId())
                    .execute();
            Whole made = handle.createQuery(FIND)
                    .bind("id", id)
                    .map((row, context) -> whole(row))
                    .one();
            audit.record(handle, call, "reconciliation.create", Target.of("reconciliation", id), null, summary(made));
            return made;
        });
        return Reply.created(whole);
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("after", "limit"));
        int limit = query.integer("limit", 1, 200, 50);
        UUID after = query.id("after").orElse(null);
        List<Summary> found = jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("after", after)
                .bind("size", limit + 1)
                .map((row, context) -> summary(row))
                .list());
        boolean hasMore = found.size() > limit;
        List<Summary> data = hasMore ? found.subList(0, limit) : found;
        return Reply.ok(new Part(data, hasMore, hasMore ? data.getLast().id() : null));
    }

    private Reply get(Call call) {
        QueryParameters.none(call);
        UUID id = PathIds.read(call, "reconciliation");
        return Reply.ok(jdbi.withHandle(handle -> handle.createQuery(FIND)
                        .bind("id", id)
                        .map((row, context) -> whole(row))
                        .findOne())
                .orElseThrow(() -> PathIds.notFound("reconciliation")));
    }

    private static Summary summary(Whole whole) {
        return new Summary(
                whole.id(),
                whole.name(),
                whole.provider(),
                whole.firstDay(),
                whole.lastDay(),
                whole.alert(),
                whole.totals(),
                whole.createdBy(),
                whole.createdByName(),
                whole.createdAt());
    }

    private static Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("provider"),
                row.getObject("first_day", LocalDate.class),
                row.getObject("last_day", LocalDate.class),
                row.getBoolean("alert"),
                Json.MAPPER.readTree(row.getString("totals")),
                row.getObject("created_by", UUID.class),
                row.getString("username"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Whole whole(ResultSet row) throws SQLException {
        Summary summary = summary(row);
        return new Whole(
                summary.id(),
                summary.name(),
                summary.provider(),
                summary.firstDay(),
                summary.lastDay(),
                summary.alert(),
                summary.totals(),
                Json.MAPPER.readTree(row.getString("lines")),
                summary.createdBy(),
                summary.createdByName(),
                summary.createdAt());
    }
}
