package dev.jarvis.control.reconciliation;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * One side beside the other.
 *
 * @param day {@code null} in a total
 * @param model ours; the bill's where we know none of that name; {@code null} in a total
 * @param tokenCapture how much of the provider's tokens is on record here, in percent with four digits; {@code null}
 *     where the provider has none
 * @param costCapture the same of the cost; {@code null} where the bill tells no cost
 * @param alert less than 99.9 % is on record
 */
record Variance(
        @Nullable LocalDate day,
        @Nullable String model,
        String currency,
        long ourInputTokens,
        long ourOutputTokens,
        String ourCost,
        long theirInputTokens,
        long theirOutputTokens,
        @Nullable String theirCost,
        @Nullable BigDecimal tokenCapture,
        @Nullable BigDecimal costCapture,
        boolean alert) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal ENOUGH = new BigDecimal("99.9");
    private static final int DIGITS = 4;

    /** @param named whether day and model are of interest; in totals they are not */
    static Variance of(BillLine ours, BillLine theirs, boolean named) {
        BigDecimal tokens = percent(BigDecimal.valueOf(ours.tokens()), BigDecimal.valueOf(theirs.tokens()));
        BigDecimal ourCost = ours.cost() == null ? BigDecimal.ZERO : ours.cost();
        BigDecimal cost = theirs.cost() == null ? null : percent(ourCost, theirs.cost());
        return new Variance(
                named ? theirs.day() : null,
                named ? theirs.model() : null,
                theirs.currency(),
                ours.inputTokens(),
                ours.outputTokens(),
                plain(ourCost),
                theirs.inputTokens(),
                theirs.outputTokens(),
                theirs.cost() == null ? null : plain(theirs.cost()),
                tokens,
                cost,
                isTooLittle(tokens) || isTooLittle(cost));
    }

    /** Rounded down: 99.89999 % is not enough. */
    private static @Nullable BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.multiply(HUNDRED).divide(whole, DIGITS, RoundingMode.DOWN);
    }

    private static boolean isTooLittle(@Nullable BigDecimal capture) {
        return capture != null && capture.compareTo(ENOUGH) < 0;
    }

    private static String plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return (stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped).toPlainString();
    }
}
