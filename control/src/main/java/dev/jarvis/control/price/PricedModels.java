package dev.jarvis.control.price;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The SQL of models as far as their prices go. Every method runs in its caller's transaction. */
final class PricedModels {
    /** A new model has a first version without a price although nobody said that it should have none. */
    private static final String ALL = """
            SELECT m.id, m.model_id, m.provider, coalesce(m.upstream_model, m.model_id) AS upstream_model,
                   coalesce(p.currency, 'USD') AS currency, p.input_price_nano, p.output_price_nano, p.card,
                   coalesce(p.source = 'admin' AND (p.input_price_nano IS NOT NULL OR p.price_version > 1), false)
                       AS administrators
            FROM llm_models m
            LEFT JOIN LATERAL (
                SELECT * FROM llm_model_prices v WHERE v.model_id = m.id ORDER BY v.price_version DESC LIMIT 1) p ON true
            WHERE NOT m.built_in
            ORDER BY m.model_id
            """;

    private PricedModels() {}

    /** All models but the one that comes with the product. */
    static List<PricedModel> all(Handle handle) {
        return handle.createQuery(ALL).map((row, context) -> read(row)).list();
    }

    /** As {@link #all}; no one else changes a model or its price until the transaction ends. */
    static List<PricedModel> lockAll(Handle handle) {
        handle.createQuery("SELECT id FROM llm_models ORDER BY id FOR UPDATE")
                .mapTo(UUID.class)
                .list();
        return all(handle);
    }

    /** Locks one model until the transaction ends; false if there is none. */
    static boolean lock(Handle handle, UUID id) {
        return handle.createQuery("SELECT id FROM llm_models WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    static boolean exists(Handle handle, UUID id) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM llm_models WHERE id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    private static PricedModel read(ResultSet row) throws SQLException {
        return new PricedModel(
                row.getObject("id", UUID.class),
                row.getString("model_id"),
                row.getString("provider"),
                row.getString("upstream_model"),
                PriceTable.card(row),
                row.getBoolean("administrators"));
    }
}
