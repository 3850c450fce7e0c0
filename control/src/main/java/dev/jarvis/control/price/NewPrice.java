package dev.jarvis.control.price;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of a model's price, before it has a number.
 *
 * @param currency also of a version without a price
 * @param card empty: not priced from then on
 * @param sourceName a URL or the name of a file
 * @param sourceDate of which day the source is
 * @param effectiveFrom empty: at once
 * @param createdBy {@code null} where no one asked for it
 */
public record NewPrice(
        Currency currency,
        Optional<RateCard> card,
        PriceSource source,
        String sourceName,
        Optional<LocalDate> sourceDate,
        String note,
        Optional<Instant> effectiveFrom,
        @Nullable UUID createdBy) {

    /** The simple form: one rate for what goes in, one for what comes out. */
    public static NewPrice simple(
            Currency currency, Optional<Rates> rates, PriceSource source, @Nullable UUID createdBy) {
        return new NewPrice(
                currency,
                rates.map(known -> RateCard.of(currency, known)),
                source,
                "",
                Optional.empty(),
                "",
                Optional.empty(),
                createdBy);
    }
}
