package dev.jarvis.control.model;

import dev.jarvis.control.price.NewPrice;
import dev.jarvis.control.price.PriceTable;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The SQL of llm_models. Every method runs in its caller's transaction. */
final class ModelTable {
    private ModelTable() {}

    /** Locks the row until the transaction ends, so that two changes of one model follow each other. */
    static Optional<ModelRow> lock(Handle handle, UUID id) {
        return handle.createQuery("SELECT id FROM llm_models WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(locked -> find(handle, locked));
    }

    static Optional<ModelRow> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM llm_models_priced WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** @throws org.jdbi.v3.core.JdbiException with SQLSTATE 23505 if the model_id is taken */
    static void insert(Handle handle, UUID id, ModelSettings settings, NewPrice price, boolean builtIn) {
        bind(settings, handle.createUpdate("""
                        INSERT INTO llm_models (id, name, model_id, provider, type, type_code, description, status, base_url,
                                                auth_type, key_usage_mode, upstream_model, supports_vision, max_tokens,
                                                context_window, rpm_limit, tpm_limit, built_in)
                        VALUES (:id, :name, :modelId, :provider, :type, :typeCode, :description, :status, :baseUrl,
                                :authType, :keyUsageMode, :upstreamModel, :supportsVision, :maxTokens,
                                :contextWindow, :rpmLimit, :tpmLimit, :builtIn)
                        """))
                .bind("id", id)
                .bind("builtIn", builtIn)
                .execute();
        PriceTable.add(handle, id, price);
    }

    /** @throws org.jdbi.v3.core.JdbiException with SQLSTATE 23505 if the model_id is taken */
    static void update(Handle handle, ModelRow after) {
        bind(after.settings(), handle.createUpdate("""
                        UPDATE llm_models
                        SET name = :name, model_id = :modelId, provider = :provider, type = :type, type_code = :typeCode,
                            description = :description, status = :status, base_url = :baseUrl, auth_type = :authType,
                            key_usage_mode = :keyUsageMode, upstream_model = :upstreamModel,
                            supports_vision = :supportsVision, max_tokens = :maxTokens, context_window = :contextWindow,
                            rpm_limit = :rpmLimit, tpm_limit = :tpmLimit,
                            version = :version, updated_at = now()
                        WHERE id = :id
                        """))
                .bind("id", after.id())
                .bind("version", after.version())
                .execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("DELETE FROM llm_models WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(ModelSettings settings, S statement) {
        return statement
                .bind("name", settings.name())
                .bind("modelId", settings.modelId())
                .bind("provider", settings.provider())
                .bind("type", settings.type())
                .bind("typeCode", settings.typeCode())
                .bind("description", settings.description())
                .bind("status", settings.status())
                .bind("baseUrl", settings.baseUrl())
                .bind("authType", settings.authType())
                .bind("keyUsageMode", settings.keyUsageMode())
                .bind("upstreamModel", settings.upstreamModel().orElse(null))
                .bind("supportsVision", settings.supportsVision())
                .bind("maxTokens", boxed(settings.maxTokens()))
                .bind("contextWindow", boxed(settings.contextWindow()))
                .bind("rpmLimit", boxed(settings.rpmLimit()))
                .bind("tpmLimit", boxed(settings.tpmLimit()));
    }

    static ModelRow read(ResultSet row) throws SQLException {
        return new ModelRow(
                row.getObject("id", UUID.class),
                settings(row),
                PriceTable.card(row),
                row.getLong("price_version"),
                row.getBoolean("built_in"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static ModelSettings settings(ResultSet row) throws SQLException {
        return new ModelSettings(
                row.getString("name"),
                row.getString("model_id"),
                row.getString("provider"),
                row.getString("type"),
                row.getString("type_code"),
                row.getString("description"),
                row.getString("status"),
                row.getString("base_url"),
                row.getString("auth_type"),
                row.getString("key_usage_mode"),
                Optional.ofNullable(row.getString("upstream_model")),
                row.getBoolean("supports_vision"),
                number(row, "max_tokens"),
                number(row, "context_window"),
                pricing(row),
                number(row, "rpm_limit"),
                number(row, "tpm_limit"));
    }

    private static Pricing pricing(ResultSet row) throws SQLException {
        Currency currency = Currency.valueOf(row.getString("currency"));
        return new Pricing(
                currency, money(row, "input_price_nano", currency), money(row, "output_price_nano", currency));
    }

    private static Optional<Money> money(ResultSet row, String column, Currency currency) throws SQLException {
        long nano = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(new Money(nano, currency));
    }

    private static OptionalInt number(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static @Nullable Integer boxed(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }
}
