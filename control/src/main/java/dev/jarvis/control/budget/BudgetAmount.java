package dev.jarvis.control.budget;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.money.BudgetUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Amounts as people write them: of money an exact decimal of whole units, as text so that no reader rounds it; of tokens a
 * whole number.
 */
final class BudgetAmount {
    /** A billion of money, in nano-units: with as much in top-ups it stays far from what a long can hold. */
    private static final BigDecimal MOST_MONEY = BigDecimal.valueOf(1_000_000_000);

    /** A million times a billion. */
    private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000_000_000L);

    private static final int NANO_SCALE = 9;

    /** The most that a window's limit may become by top-ups, in the budget's smallest unit. */
    static final long MOST = 4_000_000_000_000_000_000L;

    private BudgetAmount() {}

    /**
     * @return nano-units or tokens
     * @throws Refusal 400 {@code invalid_amount} if negative, too fine or too high
     */
    static long read(Fields fields, String name, BudgetUnit unit) {
        BigDecimal given = fields.decimal(name, Optional.empty())
                .orElseThrow(() -> invalid(fields.param(name), "an amount is a number"))
                .stripTrailingZeros();
        BigDecimal most = unit.isMoney() ? MOST_MONEY : MOST_TOKENS;
        int scale = unit.isMoney() ? NANO_SCALE : 0;
        if (given.signum() < 0) {
            throw invalid(fields.param(name), "an amount cannot be negative");
        }
        if (given.scale() > scale) {
            throw invalid(
                    fields.param(name),
                    unit.isMoney() ? "money has at most nine decimal places" : "tokens are whole numbers");
        }
        // The scale first: 1e999999999 must not be written out.
        if (given.precision() - given.scale() > most.precision() || given.compareTo(most) > 0) {
            throw invalid(fields.param(name), "an amount is at most " + most.toPlainString());
        }
        return given.movePointRight(scale).longValueExact();
    }

    static JsonNode show(long amount, BudgetUnit unit) {
        return unit.isMoney()
                ? JsonNodeFactory.instance.stringNode(new Money(amount, Currency.valueOf(unit.code()))
                        .toDecimal()
                        .toPlainString())
                : JsonNodeFactory.instance.numberNode(amount);
    }

    static Refusal invalid(String param, String what) {
        return Refusal.badRequest("invalid_amount", "'" + param + "' is not acceptable: " + what + ".", param);
    }
}
