package dev.jarvis.gateway.meter;

import dev.jarvis.gateway.limit.BudgetClaim;
import dev.jarvis.platform.money.Price;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What records that follow each other mostly have in common, as it was read last: the price and the budgets that they are
 * charged to. Comparing bytes costs a tenth of reading them again. Not thread-safe.
 */
final class Recurring {
    private final Part<Optional<Price>> price = new Part<>(PriceFormat::read, Optional.empty());
    private final Part<List<BudgetClaim>> claims = new Part<>(OpeningFormat::readClaims, List.of());

    Optional<Price> price(RecordReader reader) {
        return price.read(reader);
    }

    /** The same list as the record before had, where the claims are the same. */
    List<BudgetClaim> claims(RecordReader reader) {
        return claims.read(reader);
    }

    private static final class Part<T> {
        private final Function<RecordReader, T> format;
        private byte[] bytes = {};
        private T value;

        /** @param initial is never read: there are no bytes for it */
        Part(Function<RecordReader, T> format, T initial) {
            this.format = format;
            this.value = initial;
        }

        /** What the format reads, and as far read. */
        T read(RecordReader reader) {
            if (bytes.length > 0 && reader.skip(bytes)) {
                return value;
            }
            int start = reader.position();
            value = format.apply(reader);
            bytes = reader.since(start);
            return value;
        }
    }
}
