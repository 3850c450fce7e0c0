package dev.jarvis.platform.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The exchange rates that were ever set. Where only the opposite direction is known, its reciprocal holds. Nothing is ever
 * converted by a rate that nobody set: results are empty then.
 */
public record ExchangeRates(List<ExchangeRate> rates) {
    public static final ExchangeRates NONE = new ExchangeRates(List.of());

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);
    private static final int RECIPROCAL_SCALE = 18;

    public ExchangeRates {
        rates = rates.stream()
                .sorted(Comparator.comparing(ExchangeRate::effectiveFrom).reversed())
                .toList();
    }

    /** What something cost, in another currency: rounded half up to the nano-unit. */
    public Optional<Money> convert(Money amount, Currency to, Instant at) {
        return convert(amount, to, at, RoundingMode.HALF_UP);
    }

    /** What something can cost at most, in another currency: rounded up. */
    public Optional<Money> convertUp(Money amount, Currency to, Instant at) {
        return convert(amount, to, at, RoundingMode.CEILING);
    }

    /** Nano-units of {@code to} for one unit of {@code from}, rounded up; 10⁹ where they are the same. */
    public OptionalLong nanoRateUp(Currency from, Currency to, Instant at) {
        if (from == to) {
            return OptionalLong.of(NANO.longValueExact());
        }
        return rate(from, to, at, RoundingMode.CEILING)
                .map(rate -> OptionalLong.of(
                        rate.multiply(NANO).setScale(0, RoundingMode.CEILING).longValueExact()))
                .orElseGet(OptionalLong::empty);
    }

    /** The rate of a direction that holds at a time, for showing. */
    public Optional<BigDecimal> rate(Currency from, Currency to, Instant at) {
        return rate(from, to, at, RoundingMode.HALF_UP);
    }

    private Optional<Money> convert(Money amount, Currency to, Instant at, RoundingMode rounding) {
        if (amount.currency() == to) {
            return Optional.of(amount);
        }
        return rate(amount.currency(), to, at, rounding)
                .map(rate -> new Money(
                        rate.multiply(BigDecimal.valueOf(amount.nano()))
                                .setScale(0, rounding)
                                .longValueExact(),
                        to));
    }

    private Optional<BigDecimal> rate(Currency from, Currency to, Instant at, RoundingMode rounding) {
        for (ExchangeRate rate : rates) {
            if (!rate.effectiveFrom().isAfter(at)) {
                if (rate.from() == from && rate.to() == to) {
                    return Optional.of(rate.rate());
                }
                if (rate.from() == to && rate.to() == from) {
                    return Optional.of(BigDecimal.ONE.divide(rate.rate(), RECIPROCAL_SCALE, rounding));
                }
            }
        }
        return Optional.empty();
    }
}
