package dev.jarvis.control.price;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;

import java.math.BigDecimal;
import java.util.Optional;

/** Checks that a decimal number can be a price: not negative, exact in nano-units, and not absurdly high. */
public final class PriceAmount {
    /** One unit of the currency for each token: ten thousand times today's dearest, and far from any overflow. */
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

    private static final int NANO_SCALE = 9;

    private PriceAmount() {}

    /** @throws Refusal 400 {@code invalid_price} */
    public static Money exact(BigDecimal given, String param, Currency currency) {
        Optional<String> fault = fault(given);
        if (fault.isPresent()) {
            throw invalid(fault.get(), param);
        }
        return Money.of(given.stripTrailingZeros(), currency);
    }

    public static Refusal invalid(String what, String param) {
        return Refusal.badRequest("invalid_price", "'" + param + "' is not acceptable: " + what + ".", param);
    }

    /** Why the number is no price. The bounds are checked on its scale first: 1e999999999 must not be written out. */
    static Optional<String> fault(BigDecimal given) {
        BigDecimal price = given.stripTrailingZeros();
        if (price.signum() < 0) {
            return Optional.of("a price cannot be negative");
        }
        if (price.scale() > NANO_SCALE) {
            return Optional.of("a price has at most nine decimal places");
        }
        if (price.precision() - (long) price.scale() > HIGHEST.precision() || price.compareTo(HIGHEST) > 0) {
            return Optional.of("a price is at most 1000000 per million tokens");
        }
        return Optional.empty();
    }
}
