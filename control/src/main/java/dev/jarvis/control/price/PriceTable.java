package dev.jarvis.control.price;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.RateCardJson;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of llm_model_prices. Every method runs in its caller's transaction. */
public final class PriceTable {
    /** The number is taken under the model's row lock, or the primary key would refuse the second of two. */
    private static final String ADD = """
            INSERT INTO llm_model_prices (model_id, price_version, currency, input_price_nano, output_price_nano, card,
                                          effective_from, source, source_name, source_date, note, created_by)
            SELECT :model, coalesce(max(price_version), 0) + 1, :currency, :input, :output, CAST(:card AS jsonb),
                   coalesce(CAST(:effectiveFrom AS timestamptz), clock_timestamp()), :source, :sourceName, :sourceDate, :note,
                   CAST(:createdBy AS uuid)
            FROM llm_model_prices WHERE model_id = :model
            RETURNING price_version
            """;

    private static final String VERSIONS = """
            SELECT p.*, row_number() OVER (
                       PARTITION BY effective_from <= statement_timestamp()
                       ORDER BY effective_from DESC, price_version DESC) = 1
                   AND effective_from <= statement_timestamp() AS in_force
            FROM llm_model_prices p
            WHERE model_id = :model
            ORDER BY price_version DESC
            """;

    private static final Set<TokenClass> SIMPLE = Set.of(TokenClass.INPUT, TokenClass.OUTPUT);

    private PriceTable() {}

    /** Adds a version and says which number it has. */
    public static long add(Handle handle, UUID model, NewPrice price) {
        Optional<Rates> base = price.card().map(RateCard::base);
        return handle.createQuery(ADD)
                .bind("model", model)
                .bind("currency", price.currency().name())
                .bind("input", base.map(rates -> rates.rate(TokenClass.INPUT)).orElse(null))
                .bind("output", base.map(rates -> rates.rate(TokenClass.OUTPUT)).orElse(null))
                .bind(
                        "card",
                        price.card()
                                .filter(card -> !isSimple(card))
                                .map(RateCardJson::write)
                                .orElse(null))
                .bind(
                        "effectiveFrom",
                        price.effectiveFrom()
                                .map(from -> from.atOffset(ZoneOffset.UTC))
                                .orElse(null))
                .bind("source", price.source().code())
                .bind("sourceName", price.sourceName())
                .bind("sourceDate", price.sourceDate().orElse(null))
                .bind("note", price.note())
                .bind("createdBy", price.createdBy())
                .mapTo(Long.class)
                .one();
    }

    /** All of a model's prices, the newest first. */
    static List<PriceVersion> versions(Handle handle, UUID model) {
        return handle.createQuery(VERSIONS)
                .bind("model", model)
                .map((row, context) -> version(row))
                .list();
    }

    /** The rate card of a row with currency, input_price_nano, output_price_nano and card; empty where it has no price. */
    public static Optional<RateCard> card(ResultSet row) throws SQLException {
        Currency currency = Currency.valueOf(row.getString("currency"));
        String card = row.getString("card");
        if (card != null) {
            return Optional.of(RateCardJson.read(currency, card));
        }
        Long input = row.getObject("input_price_nano", Long.class);
        Long output = row.getObject("output_price_nano", Long.class);
        return input == null && output == null
                ? Optional.empty()
                : Optional.of(RateCard.of(currency, Rates.of(nano(input), nano(output))));
    }

    private static PriceVersion version(ResultSet row) throws SQLException {
        return new PriceVersion(
                row.getLong("price_version"),
                Currency.valueOf(row.getString("currency")),
                PriceVersion.text(card(row)),
                row.getObject("effective_from", OffsetDateTime.class).toInstant(),
                row.getBoolean("in_force"),
                row.getString("source"),
                row.getString("source_name"),
                Optional.ofNullable(row.getObject("source_date", LocalDate.class)),
                row.getString("note"),
                Optional.ofNullable(row.getObject("created_by", UUID.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static boolean isSimple(RateCard card) {
        return card.bands().size() == 1
                && card.unitNano().isEmpty()
                && SIMPLE.equals(card.base().nanoPerMillion().keySet());
    }

    private static long nano(@Nullable Long nano) {
        return nano == null ? 0 : nano;
    }
}
