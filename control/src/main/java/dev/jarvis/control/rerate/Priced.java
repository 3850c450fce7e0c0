package dev.jarvis.control.rerate;

import dev.jarvis.control.price.PriceTable;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateCard;
import org.jdbi.v3.core.Handle;

import java.util.Optional;
import java.util.UUID;

/**
 * A model's price by its version.
 *
 * @param card empty: by that version the model was not priced
 */
record Priced(UUID deployment, long version, Currency currency, Optional<RateCard> card) {
    private static final String FIND = """
            SELECT p.model_id AS deployment, p.price_version, p.currency, p.input_price_nano, p.output_price_nano, p.card
            FROM llm_models m JOIN llm_model_prices p ON p.model_id = m.id
            WHERE m.model_id = :model AND p.price_version = :version
            """;

    /** @throws Refusal 400 {@code unknown_price_version} */
    static Priced find(Handle handle, ReRateRequest request) {
        return handle.createQuery(FIND)
                .bind("model", request.model())
                .bind("version", request.priceVersion())
                .map((row, context) -> new Priced(
                        row.getObject("deployment", UUID.class),
                        row.getLong("price_version"),
                        Currency.valueOf(row.getString("currency")),
                        PriceTable.card(row)))
                .findOne()
                .orElseThrow(() -> Refusal.badRequest(
                        "unknown_price_version",
                        "There is no such model, or it has no such version of its price. See its /prices.",
                        "price_version"));
    }

    RatedRecord.Rating rate(RatedRecord record) {
        return record.by(version, currency, card);
    }
}
