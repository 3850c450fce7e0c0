package dev.jarvis.gateway.catalog;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Reads the models, their prices and their provider keys from the database. Blocking. */
public final class CatalogLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogLoader.class);

    private static final String COLUMNS = """
            SELECT id, name, model_id, provider, type, type_code, description, base_url, auth_type, key_usage_mode,
                   upstream_model, supports_vision, max_tokens, context_window, built_in, created_at
              FROM llm_models
            """;

    /** A row, whose keys are joined in Java: a key that does not open must not take its model with it. */
    private record Row(
            UUID id,
            String name,
            String modelId,
            String provider,
            String type,
            String typeCode,
            String description,
            String baseUrl,
            String authType,
            String keyMode,
            String upstreamModel,
            boolean supportsVision,
            OptionalInt maxTokens,
            OptionalInt contextWindow,
            boolean builtIn,
            Instant createdAt) {}

    private final Jdbi jdbi;
    private final SealedKeys sealedKeys;

    public CatalogLoader(Jdbi jdbi, SealedKeys sealedKeys) {
        this.jdbi = jdbi;
        this.sealedKeys = sealedKeys;
    }

    /** Every enabled model. A row that cannot be understood is left out and logged; the others stay up. */
    public Catalog load() {
        return jdbi.withHandle(handle -> {
            List<Row> rows = handle.createQuery(COLUMNS + " WHERE status = 'enabled'")
                    .map((result, context) -> row(result))
                    .list();
            Map<UUID, List<ProviderKey>> keys = sealedKeys.openAll(handle);
            PriceTable prices = PriceTable.read(handle);
            Map<String, Model> models = new HashMap<>();
            for (Row row : rows) {
                model(row, keys.getOrDefault(row.id(), List.of()), prices)
                        .ifPresent(model -> models.put(row.modelId(), model));
            }
            return new Catalog(models);
        });
    }

    /** One model by its row, whatever its status: an administrator tests it before switching it on. */
    public Optional<Model> loadOne(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + " WHERE id = :id")
                .bind("id", id)
                .map((result, context) -> row(result))
                .findOne()
                .flatMap(row -> model(row, keysOf(handle, id), PriceTable.read(handle))));
    }

    private List<ProviderKey> keysOf(Handle handle, UUID modelId) {
        return sealedKeys.openAll(handle).getOrDefault(modelId, List.of());
    }

    private static Optional<Model> model(Row row, List<ProviderKey> keys, PriceTable prices) {
        try {
            Deployment deployment = new Deployment(
                    row.id(),
                    row.provider(),
                    baseUrl(row.baseUrl()),
                    AuthScheme.of(row.authType()),
                    row.keyMode().equals("round_robin") ? KeyMode.ROUND_ROBIN : KeyMode.SINGLE,
                    row.upstreamModel(),
                    keys,
                    row.builtIn());
            return Optional.of(new Model(
                    row.modelId(),
                    row.name(),
                    row.type(),
                    row.typeCode(),
                    row.description(),
                    row.supportsVision(),
                    row.maxTokens(),
                    row.contextWindow(),
                    prices.inForce(row.id()),
                    prices.upcoming(row.id()),
                    row.createdAt(),
                    deployment));
        } catch (IllegalArgumentException e) {
            LOG.atError()
                    .addKeyValue("model", row.modelId())
                    .addKeyValue("reason", e.getMessage())
                    .log("A model is left out: its record cannot be used");
            return Optional.empty();
        }
    }

    private static URI baseUrl(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (url.getHost() == null || url.getScheme() == null) {
            throw new IllegalArgumentException("base_url has no scheme or host");
        }
        return url;
    }

    private static Row row(ResultSet result) throws SQLException {
        String modelId = result.getString("model_id");
        String upstreamModel = result.getString("upstream_model");
        return new Row(
                result.getObject("id", UUID.class),
                result.getString("name"),
                modelId,
                result.getString("provider"),
                result.getString("type"),
                result.getString("type_code"),
                result.getString("description"),
                result.getString("base_url"),
                result.getString("auth_type"),
                result.getString("key_usage_mode"),
                upstreamModel == null ? modelId : upstreamModel,
                result.getBoolean("supports_vision"),
                optionalInt(result, "max_tokens"),
                optionalInt(result, "context_window"),
                result.getBoolean("built_in"),
                result.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static OptionalInt optionalInt(ResultSet result, String column) throws SQLException {
        int value = result.getInt(column);
        return result.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
