package dev.jarvis.control.model;

import dev.jarvis.control.input.Fields;
import dev.jarvis.control.price.NewPrice;
import dev.jarvis.control.price.PriceSource;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;
import dev.jarvis.platform.money.Rates;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a model's tokens cost per million. Both prices or none: a model without prices is "not priced", which is not the
 * same as free.
 */
record Pricing(Currency currency, Optional<Money> input, Optional<Money> output) {
    static final Pricing NONE = new Pricing(Currency.USD, Optional.empty(), Optional.empty());

    /** One unit of the currency for each token: ten thousand times today's dearest, and far from any overflow. */
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

    private static final int NANO_SCALE = 9;

    /** @throws Refusal 400 {@code invalid_price} if negative, finer than a nano-unit, too high, or one without the other */
    static Pricing read(Fields fields, Pricing before) {
        Currency currency = Currency.valueOf(fields.choice("currency", List.of("USD", "CNY"), before.currency.name()));
        Optional<Money> input = price(fields, "input_price", before.input, currency);
        Optional<Money> output = price(fields, "output_price", before.output, currency);
        if (input.isPresent() != output.isPresent()) {
            throw invalid(
                    "input_price and output_price belong together: give both, or neither (not priced)",
                    input.isPresent() ? "output_price" : "input_price");
        }
        return new Pricing(currency, input, output);
    }

    /** The version that this makes. */
    NewPrice by(PriceSource source, @Nullable UUID actor) {
        Optional<Rates> rates =
                input.map(in -> Rates.of(in.nano(), output.map(Money::nano).orElse(0L)));
        return NewPrice.simple(currency, rates, source, actor);
    }

    boolean isPriced() {
        return input.isPresent();
    }

    private static Optional<Money> price(Fields fields, String name, Optional<Money> before, Currency currency) {
        return fields.decimal(name, before.map(Money::toDecimal)).map(price -> exact(price, name, currency));
    }

    /** The bounds are checked on the number's scale first: 1e999999999 must not be written out. */
    private static Money exact(BigDecimal given, String name, Currency currency) {
        BigDecimal price = given.stripTrailingZeros();
        if (price.signum() < 0) {
            throw invalid("a price cannot be negative", name);
        }
        if (price.scale() > NANO_SCALE) {
            throw invalid("a price has at most nine decimal places", name);
        }
        if (price.precision() - price.scale() > HIGHEST.precision() || price.compareTo(HIGHEST) > 0) {
            throw invalid("a price is at most 1000000 per million tokens", name);
        }
        return Money.of(price, currency);
    }

    private static Refusal invalid(String what, String param) {
        return Refusal.badRequest("invalid_price", "'" + param + "' is not acceptable: " + what + ".", param);
    }
}
