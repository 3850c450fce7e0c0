package dev.jarvis.platform.money;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeRatesTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    private final ExchangeRates rates = new ExchangeRates(List.of(rate("7.1", JANUARY), rate("7.2503", MARCH)));

    private static ExchangeRate rate(String rate, Instant from) {
        return new ExchangeRate(Currency.USD, Currency.CNY, new BigDecimal(rate), from);
    }

    private static Money nano(long nano, Currency currency) {
        return new Money(nano, currency);
    }

    @Test
    void theRateOfTheDayHolds() {
        Money dollars = nano(3, Currency.USD);

        assertThat(rates.convert(dollars, Currency.CNY, JANUARY.minusSeconds(1)))
                .isEmpty();
        assertThat(rates.convert(dollars, Currency.CNY, MARCH.minusSeconds(1))).contains(nano(21, Currency.CNY));
        assertThat(rates.convert(dollars, Currency.CNY, MARCH)).contains(nano(22, Currency.CNY));
    }

    @Test
    void reservationsAreRoundedUpAndChargesHalfUp() {
        assertThat(rates.convert(nano(1, Currency.USD), Currency.CNY, MARCH)).contains(nano(7, Currency.CNY));
        assertThat(rates.convertUp(nano(1, Currency.USD), Currency.CNY, MARCH)).contains(nano(8, Currency.CNY));
        assertThat(rates.nanoRateUp(Currency.USD, Currency.CNY, MARCH)).hasValue(7_250_300_000L);
    }

    @Test
    void theOppositeDirectionIsTheReciprocal() {
        assertThat(rates.convert(nano(71, Currency.CNY), Currency.USD, JANUARY)).contains(nano(10, Currency.USD));
        assertThat(rates.nanoRateUp(Currency.CNY, Currency.USD, JANUARY)).hasValue(140_845_071L);
    }

    @Test
    void theSameCurrencyNeedsNoRate() {
        Money yuan = nano(5, Currency.CNY);

        assertThat(ExchangeRates.NONE.convert(yuan, Currency.CNY, JANUARY)).contains(yuan);
        assertThat(ExchangeRates.NONE.nanoRateUp(Currency.CNY, Currency.CNY, JANUARY))
                .hasValue(1_000_000_000L);
        assertThat(ExchangeRates.NONE.nanoRateUp(Currency.CNY, Currency.USD, JANUARY))
                .isEmpty();
    }
}
