package dev.jarvis.control.price;

import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;
import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** Collects the rates of one band from a file's numbers. */
final class TokenRates {
    /** Thrown for a number that is no price: its whole entry is left out then. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message, null, false, false);
        }
    }

    private final Map<TokenClass, Long> nano = new EnumMap<>(TokenClass.class);
    private final int powerOfTen;

    /** @param powerOfTen by which the file's numbers become prices per million: 6 for prices per token, 0 for per million */
    TokenRates(int powerOfTen) {
        this.powerOfTen = powerOfTen;
    }

    /** Starts from another band's rates: a file mentions only those that differ. */
    TokenRates(int powerOfTen, Rates others) {
        this(powerOfTen);
        nano.putAll(others.nanoPerMillion());
    }

    /** Whether the entry has such a number. */
    boolean take(TokenClass tokenClass, JsonNode entry, String name) {
        JsonNode value = entry.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        nano.put(tokenClass, nano(value, name, powerOfTen));
        return true;
    }

    Rates rates() {
        return new Rates(nano);
    }

    static long nano(JsonNode value, String name, int powerOfTen) {
        if (!value.isNumber()) {
            throw new Unusable("'" + name + "' is no number");
        }
        BigDecimal amount = value.decimalValue().scaleByPowerOfTen(powerOfTen);
        PriceAmount.fault(amount).ifPresent(fault -> {
            throw new Unusable("'" + name + "': " + fault);
        });
        return amount.stripTrailingZeros().movePointRight(9).longValueExact();
    }
}
