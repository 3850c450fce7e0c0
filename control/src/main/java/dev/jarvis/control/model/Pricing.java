package dev.jarvis.control.model;

import dev.jarvis.control.price.NewPrice;
import dev.jarvis.control.price.PriceAmount;
import dev.jarvis.control.price.PriceSource;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;
import dev.jarvis.platform.money.Rates;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a model's tokens cost per million. Both prices or none: a model without prices is "not priced", which is not the
 * same as free.
 */
record Pricing(Currency currency, Optional<Money> input, Optional<Money> output) {
    static final Pricing NONE = new Pricing(Currency.USD, Optional.empty(), Optional.empty());

    /** @throws Refusal 400 {@code invalid_price} if negative, finer than a nano-unit, too high, or one without the other */
    static Pricing read(Fields fields, Pricing before) {
        Currency currency = Currency.valueOf(fields.choice("currency", List.of("USD", "CNY"), before.currency.name()));
        Optional<Money> input = price(fields, "input_price", before.input, currency);
        Optional<Money> output = price(fields, "output_price", before.output, currency);
        if (input.isPresent() != output.isPresent()) {
            throw PriceAmount.invalid(
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
        return fields.decimal(name, before.map(Money::toDecimal))
                .map(price -> PriceAmount.exact(price, name, currency));
    }
}
