package dev.jarvis.platform.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in nano-units of a currency: 1 USD is 1,000,000,000. Integers, because sums must be exact and a single
 * token can cost less than a millionth.
 *
 * @param nano the amount in 10⁻⁹ of the currency; sums that leave the range of a long throw {@link ArithmeticException}
 */
public record Money(long nano, Currency currency) implements Comparable<Money> {
    private static final int SCALE = 9;

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * The exact amount that a decimal number names.
     *
     * @throws ArithmeticException if it is finer than a nano-unit or out of range
     */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(
                amount.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact(), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(nano, sameCurrency(other).nano), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(nano, sameCurrency(other).nano), currency);
    }

    /** The amount as a decimal number of whole units, without trailing zeros: {@code 0.00123}. */
    public BigDecimal toDecimal() {
        BigDecimal decimal = BigDecimal.valueOf(nano, SCALE).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0, RoundingMode.UNNECESSARY) : decimal;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(nano, sameCurrency(other).nano);
    }

    @Override
    public String toString() {
        return toDecimal().toPlainString() + " " + currency;
    }

    private Money sameCurrency(Money other) {
        if (other.currency != currency) {
            throw new IllegalArgumentException("cannot combine " + currency + " with " + other.currency);
        }
        return other;
    }
}
