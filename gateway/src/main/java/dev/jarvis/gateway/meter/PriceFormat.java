package dev.jarvis.gateway.meter;

import dev.jarvis.platform.money.Billable;
import dev.jarvis.platform.money.CountedUnit;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.money.RateBand;
import dev.jarvis.platform.money.RateCard;
import dev.jarvis.platform.money.Rates;
import dev.jarvis.platform.money.TokenClass;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt's price in its journal record: whole, so that a later process rates the attempt as this one would have. It is
 * written with every attempt, so classes and units are written as numbers, of which each has its own for ever.
 */
final class PriceFormat {
    /** The most bytes that a price takes. */
    static final int MAX = 1
            + 8
            + 5
            + 1
            + RateCard.MAX_BANDS * (2 + RateBand.MAX_TIER_LENGTH + 8 + 1 + TokenClass.values().length * 9)
            + 1
            + CountedUnit.values().length * 9;

    /** By their numbers. What is new is added at the end, whatever its place in its enum. */
    private static final List<Billable> NUMBERED = List.of(
            TokenClass.INPUT,
            TokenClass.CACHE_READ,
            TokenClass.CACHE_WRITE_5M,
            TokenClass.CACHE_WRITE_1H,
            TokenClass.OUTPUT,
            TokenClass.REASONING,
            TokenClass.AUDIO_IN,
            TokenClass.AUDIO_OUT,
            TokenClass.IMAGE_IN,
            CountedUnit.REQUESTS,
            CountedUnit.IMAGES,
            CountedUnit.SECONDS,
            CountedUnit.SEARCHES);

    private PriceFormat() {}

    static void write(RecordWriter writer, Optional<Price> price) {
        writer.bool(price.isPresent());
        if (price.isEmpty()) {
            return;
        }
        RateCard card = price.get().card();
        writer.i64(price.get().version())
                .text(card.currency().name())
                .u8(card.bands().size());
        for (RateBand band : card.bands()) {
            writer.text(band.serviceTier()).i64(band.aboveInputTokens());
            amounts(writer, band.rates().nanoPerMillion());
        }
        amounts(writer, card.unitNano());
    }

    static Optional<Price> read(RecordReader reader) {
        if (!reader.bool()) {
            return Optional.empty();
        }
        long version = reader.i64();
        Currency currency = Currency.valueOf(reader.text());
        List<RateBand> bands = new ArrayList<>();
        for (int left = reader.u8(); left > 0; left--) {
            bands.add(new RateBand(reader.text(), reader.i64(), new Rates(amounts(reader, TokenClass.class))));
        }
        return Optional.of(new Price(version, new RateCard(currency, bands, amounts(reader, CountedUnit.class))));
    }

    /** Of journals of the first version, which had one band and classes by their codes. */
    static Optional<Price> readFirst(RecordReader reader) {
        if (!reader.bool()) {
            return Optional.empty();
        }
        long version = reader.i64();
        Currency currency = Currency.valueOf(reader.text());
        Map<TokenClass, Long> rates = new EnumMap<>(TokenClass.class);
        for (int left = reader.u8(); left > 0; left--) {
            rates.put(firstClass(reader), reader.i64());
        }
        return Optional.of(Price.of(version, currency, rates));
    }

    static TokenClass firstClass(RecordReader reader) {
        String code = reader.text();
        return TokenClass.of(code).orElseThrow(() -> new IllegalArgumentException("no such token class: " + code));
    }

    static void billable(RecordWriter writer, Billable what) {
        writer.u8(NUMBERED.indexOf(what));
    }

    static Billable billable(RecordReader reader) {
        return NUMBERED.get(reader.u8());
    }

    static void amounts(RecordWriter writer, Map<? extends Billable, Long> amounts) {
        writer.u8(amounts.size());
        amounts.forEach((what, amount) -> {
            billable(writer, what);
            writer.i64(amount);
        });
    }

    static <T extends Enum<T> & Billable> Map<T, Long> amounts(RecordReader reader, Class<T> kind) {
        Map<T, Long> amounts = new EnumMap<>(kind);
        for (int left = reader.u8(); left > 0; left--) {
            amounts.put(kind.cast(billable(reader)), reader.i64());
        }
        return amounts;
    }
}
