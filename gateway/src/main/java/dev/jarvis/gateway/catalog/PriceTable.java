package dev.jarvis.gateway.catalog;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateCardJson;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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

/** Reads the prices of models that are in force or will be. */
final class PriceTable {
    /** One moment for the whole query: a version that begins while it runs is neither lost nor there twice. */
    private static final String NOW_OR_LATER = """
            SELECT model_id, price_version, currency, input_price_nano, output_price_nano, card, effective_from,
                   effective_from > statement_timestamp() AS upcoming
              FROM llm_model_prices p
             WHERE effective_from > statement_timestamp()
                OR NOT EXISTS (
                       SELECT 1 FROM llm_model_prices q
                        WHERE q.model_id = p.model_id AND q.effective_from <= statement_timestamp()
                          AND (q.effective_from, q.price_version) > (p.effective_from, p.price_version))
             ORDER BY effective_from, price_version
            """;

    /** A row whose card may not be understood: only its own model is left out then. */
    private record Row(
            UUID model,
            long version,
            String currency,
            @Nullable Long input,
            @Nullable Long output,
            @Nullable String card,
            Instant from) {}

    private final Map<UUID, Row> inForce = new HashMap<>();
    private final Map<UUID, List<Row>> upcoming = new HashMap<>();

    private PriceTable() {}

    static PriceTable read(Handle handle) {
        PriceTable table = new PriceTable();
        handle.createQuery(NOW_OR_LATER)
                .map((result, context) -> table.add(result))
                .list();
        return table;
    }

    /** @throws IllegalArgumentException if the model's rate card cannot be understood */
    Optional<Price> inForce(UUID model) {
        Row row = inForce.get(model);
        return row == null ? Optional.empty() : price(row);
    }

    /** @throws IllegalArgumentException if one of the model's rate cards cannot be understood */
    List<ScheduledPrice> upcoming(UUID model) {
        return upcoming.getOrDefault(model, List.of()).stream()
                .map(row -> new ScheduledPrice(row.from(), price(row)))
                .toList();
    }

    private Row add(ResultSet result) throws SQLException {
        UUID model = result.getObject("model_id", UUID.class);
        Row row = new Row(
                model,
                result.getLong("price_version"),
                result.getString("currency"),
                result.getObject("input_price_nano", Long.class),
                result.getObject("output_price_nano", Long.class),
                result.getString("card"),
                result.getObject("effective_from", OffsetDateTime.class).toInstant());
        if (result.getBoolean("upcoming")) {
            upcoming.computeIfAbsent(model, id -> new ArrayList<>()).add(row);
        } else {
            inForce.put(model, row);
        }
        return row;
    }

    /** A model with one price only is charged nothing for the other side; with neither it is not priced. */
    private static Optional<Price> price(Row row) {
        Currency currency = Currency.valueOf(row.currency());
        if (row.card() != null) {
            return Optional.of(new Price(row.version(), RateCardJson.read(currency, row.card())));
        }
        if (row.input() == null && row.output() == null) {
            return Optional.empty();
        }
        return Optional.of(Price.of(row.version(), currency, nano(row.input()), nano(row.output())));
    }

    private static long nano(@Nullable Long nano) {
        return nano == null ? 0 : nano;
    }
}
