package dev.jarvis.control.usage;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.ExchangeRate;
import dev.jarvis.platform.money.ExchangeRates;
import org.jdbi.v3.core.Handle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a report's amounts into one currency. Each UTC day is converted at the rate that held when it began; what was used
 * before there was any rate stays in its own currency, on lines of its own.
 *
 * @param starts where a rate begins to hold, in order
 */
record Conversion(Currency to, ExchangeRates rates, List<Instant> starts) {
    private static final String RATES = """
            SELECT from_currency, to_currency, rate, effective_from FROM exchange_rates
            WHERE from_currency = :currency OR to_currency = :currency
            ORDER BY effective_from
            """;

    static Conversion read(Handle handle, Currency to) {
        List<ExchangeRate> rates = handle.createQuery(RATES)
                .bind("currency", to.name())
                .map((row, context) -> new ExchangeRate(
                        Currency.valueOf(row.getString("from_currency")),
                        Currency.valueOf(row.getString("to_currency")),
                        row.getBigDecimal("rate"),
                        row.getObject("effective_from", OffsetDateTime.class).toInstant()))
                .list();
        return new Conversion(
                to,
                new ExchangeRates(rates),
                rates.stream().map(ExchangeRate::effectiveFrom).distinct().toList());
    }

    /** The groups in one currency as far as there were rates; those that only the rate told apart are one again. */
    List<UsageGroup> apply(List<UsageListing.Rated> rated) {
        Map<UsageGroup, UsageGroup> merged = new LinkedHashMap<>();
        for (UsageListing.Rated one : rated) {
            UsageGroup converted = convert(one);
            merged.merge(
                    converted.key(),
                    converted,
                    (a, b) -> a.with(a.currency(), a.counts().plus(b.counts())));
        }
        return List.copyOf(merged.values());
    }

    private UsageGroup convert(UsageListing.Rated one) {
        Currency from = Currency.valueOf(one.group().currency());
        if (from == to || one.rateNumber() == 0) {
            return one.group();
        }
        Optional<BigDecimal> rate = rates.rate(from, to, starts.get(one.rateNumber() - 1));
        return rate.map(found ->
                        one.group().with(to.name(), one.group().counts().times(found)))
                .orElse(one.group());
    }
}
