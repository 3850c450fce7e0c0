package dev.jarvis.control.price;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.ExchangeRate;
import dev.jarvis.platform.money.ExchangeRates;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of exchange_rates. Every method runs in its caller's transaction. */
public final class ExchangeRateTable {
    private static final String ALL = "SELECT * FROM exchange_rates ORDER BY effective_from DESC, from_currency";

    private static final String FIND = """
            SELECT * FROM exchange_rates
            WHERE from_currency = :from AND to_currency = :to AND effective_from = :effectiveFrom
            """;

    private static final String PUT = """
            INSERT INTO exchange_rates (from_currency, to_currency, rate, effective_from, source, created_by)
            VALUES (:from, :to, :rate, :effectiveFrom, :source, :createdBy)
            ON CONFLICT (from_currency, to_currency, effective_from) DO UPDATE
            SET rate = :rate, source = :source, created_by = :createdBy, created_at = now()
            """;

    /** A row: a rate, and who says so. */
    record Row(ExchangeRate rate, String source, Optional<UUID> createdBy) {}

    private ExchangeRateTable() {}

    /** All rates that were ever set, for converting. */
    public static ExchangeRates read(Handle handle) {
        return new ExchangeRates(all(handle).stream().map(Row::rate).toList());
    }

    /** The newest first. */
    static List<Row> all(Handle handle) {
        return handle.createQuery(ALL).map((row, context) -> row(row)).list();
    }

    static Optional<Row> find(Handle handle, ExchangeRate like) {
        return handle.createQuery(FIND)
                .bind("from", like.from().name())
                .bind("to", like.to().name())
                .bind("effectiveFrom", like.effectiveFrom().atOffset(ZoneOffset.UTC))
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Sets a rate, in place of another one of the same moment. */
    static void put(Handle handle, Row row) {
        handle.createUpdate(PUT)
                .bind("from", row.rate().from().name())
                .bind("to", row.rate().to().name())
                .bind("rate", row.rate().rate())
                .bind("effectiveFrom", row.rate().effectiveFrom().atOffset(ZoneOffset.UTC))
                .bind("source", row.source())
                .bind("createdBy", row.createdBy().orElse(null))
                .execute();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new ExchangeRate(
                        Currency.valueOf(row.getString("from_currency")),
                        Currency.valueOf(row.getString("to_currency")),
                        row.getBigDecimal("rate"),
                        row.getObject("effective_from", OffsetDateTime.class).toInstant()),
                row.getString("source"),
                Optional.ofNullable(row.getObject("created_by", UUID.class)));
    }
}
