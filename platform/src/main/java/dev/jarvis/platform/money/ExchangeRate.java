package dev.jarvis.platform.money;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What one unit of a currency is worth in another, from a time on.
 *
 * @param rate units of {@code to} for one unit of {@code from}, above zero
 */
public record ExchangeRate(Currency from, Currency to, BigDecimal rate, Instant effectiveFrom) {
    public ExchangeRate {
        if (from == to || rate.signum() <= 0) {
            throw new IllegalArgumentException("an exchange rate joins two currencies and is above zero");
        }
    }
}
