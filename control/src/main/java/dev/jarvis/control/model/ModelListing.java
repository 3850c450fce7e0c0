package dev.jarvis.control.model;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The read views of models, with their keys' health. */
final class ModelListing {
    private static final String FILTER = """
            WHERE (CAST(:provider AS text) IS NULL OR provider = :provider)
              AND (CAST(:typeCode AS text) IS NULL OR type_code = :typeCode)
              AND (CAST(:status AS text) IS NULL OR status = :status)
              AND (CAST(:text AS text) IS NULL
                   OR strpos(lower(name), lower(:text)) > 0
                   OR strpos(lower(model_id), lower(:text)) > 0
                   OR strpos(lower(provider), lower(:text)) > 0
                   OR strpos(lower(coalesce(upstream_model, '')), lower(:text)) > 0)
            """;

    private static final String KEYS = """
            SELECT k.id, k.model_id, k.name, k.hint, k.status, k.weight, h.state, h.reason_code, h.reason,
                   h.since, h.until, used.hour
            FROM provider_keys k
            LEFT JOIN (SELECT provider_key_id, max(hour) AS hour FROM llm_usage_hourly_served
                       WHERE hour > now() - interval '35 days' AND deployment_id IN (<ids>)
                       GROUP BY provider_key_id) used ON used.provider_key_id = k.id
            LEFT JOIN provider_key_health h ON h.key_id = k.id AND (h.until IS NULL OR h.until > now())
            WHERE k.model_id IN (<ids>)
            ORDER BY k.position, k.id
            """;

    private ModelListing() {}

    /** One page of a list: {@code {data, total, page, page_size}}. */
    record Page(List<ModelView> data, long total, int page, int pageSize) {}

    static Page search(Handle handle, ModelSearch search) {
        long total = bind(search, handle.createQuery("SELECT count(*) FROM llm_models_priced <filter>"))
                .mapTo(Long.class)
                .one();
        List<ModelRow> rows = bind(
                        search,
                        handle.createQuery(
                                "SELECT * FROM llm_models_priced <filter> ORDER BY <order> LIMIT :limit OFFSET :offset"))
                .define("order", search.order().sql())
                .bind("limit", search.pageSize())
                .bind("offset", search.offset())
                .map((row, context) -> ModelTable.read(row))
                .list();
        return new Page(views(handle, rows), total, search.page(), search.pageSize());
    }

    static Optional<ModelView> find(Handle handle, UUID id) {
        return ModelTable.find(handle, id)
                .map(row -> views(handle, List.of(row)).getFirst());
    }

    static Map<String, UUID> idsByModelId(Handle handle) {
        Map<String, UUID> ids = new HashMap<>();
        handle.createQuery("SELECT model_id, id FROM llm_models")
                .map((row, context) -> ids.put(row.getString("model_id"), row.getObject("id", UUID.class)))
                .list();
        return ids;
    }

    private static List<ModelView> views(Handle handle, List<ModelRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<KeyView>> keys = new HashMap<>();
        rows.forEach(row -> keys.put(row.id(), new ArrayList<>()));
        handle.createQuery(KEYS)
                .bindList("ids", List.copyOf(keys.keySet()))
                .map((row, context) -> keys.getOrDefault(row.getObject("model_id", UUID.class), new ArrayList<>())
                        .add(key(row)))
                .list();
        return rows.stream()
                .map(row -> ModelView.of(row, keys.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private static <S extends SqlStatement<S>> S bind(ModelSearch search, S statement) {
        return statement
                .define("filter", FILTER)
                .bind("provider", search.provider().orElse(null))
                .bind("typeCode", search.typeCode().orElse(null))
                .bind("status", search.status().orElse(null))
                .bind("text", search.text().orElse(null));
    }

    private static KeyView key(ResultSet row) throws SQLException {
        return new KeyView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("hint"),
                row.getString("status"),
                row.getInt("weight"),
                health(row),
                instant(row, "hour"));
    }

    private static KeyView.Health health(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return state == null
                ? KeyView.Health.HEALTHY
                : new KeyView.Health(
                        state,
                        Optional.of(row.getString("reason_code")).filter(code -> !code.isEmpty()),
                        Optional.of(row.getString("reason")),
                        instant(row, "since"),
                        instant(row, "until"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
