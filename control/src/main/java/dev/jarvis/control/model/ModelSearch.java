package dev.jarvis.control.model;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.QueryParameters;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which models a list is to show.
 *
 * @param text literal; in the name, the model_id, the provider or the provider's own name of the model
 * @param page from 1
 */
record ModelSearch(
        Optional<String> provider,
        Optional<String> typeCode,
        Optional<String> status,
        Optional<String> text,
        Order order,
        int page,
        int pageSize) {
    private static final Set<String> PARAMETERS =
            Set.of("provider", "type", "status", "q", "page", "page_size", "sort");

    /** What a list can be sorted by; {@code -} in front of a name turns it round. */
    enum Order {
        NAME("name", "lower(name), id"),
        NAME_DESC("-name", "lower(name) DESC, id"),
        MODEL_ID("model_id", "model_id"),
        MODEL_ID_DESC("-model_id", "model_id DESC"),
        PROVIDER("provider", "provider, lower(name), id"),
        PROVIDER_DESC("-provider", "provider DESC, lower(name), id"),
        CREATED("created_at", "created_at, id"),
        CREATED_DESC("-created_at", "created_at DESC, id DESC"),
        UPDATED("updated_at", "updated_at, id"),
        UPDATED_DESC("-updated_at", "updated_at DESC, id DESC");

        private final String code;
        private final String sql;

        Order(String code, String sql) {
            this.code = code;
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        static Order of(String code) {
            return Arrays.stream(values())
                    .filter(order -> order.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }

        static List<String> codes() {
            return Arrays.stream(values()).map(order -> order.code).toList();
        }
    }

    /** @throws Refusal 400 {@code invalid_parameter} or {@code unknown_parameter} */
    static ModelSearch of(Call call) {
        QueryParameters query = new QueryParameters(call, PARAMETERS);
        return new ModelSearch(
                query.text("provider"),
                query.text("type").map(ModelSearch::typeCode),
                query.choice("status", ModelRequest.STATUSES),
                query.text("q"),
                Order.of(query.choice("sort", Order.codes()).orElse("-created_at")),
                query.integer("page", 1, 100_000, 1),
                query.integer("page_size", 1, 200, 20));
    }

    long offset() {
        return (page - 1L) * pageSize;
    }

    private static String typeCode(String type) {
        return ModelType.named(type)
                .map(ModelType::code)
                .orElseThrow(() -> Refusal.badRequest(
                        "invalid_parameter", "'type' must be one of " + ModelType.names() + ".", "type"));
    }
}
