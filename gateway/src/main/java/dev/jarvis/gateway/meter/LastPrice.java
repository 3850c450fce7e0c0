package dev.jarvis.gateway.meter;

import dev.jarvis.platform.money.Price;

import java.util.Optional;

/**
 * The price that was read last. Records that follow each other mostly have the same one, and comparing its bytes costs a
 * tenth of reading them again. Not thread-safe.
 */
final class LastPrice {
    private byte[] bytes = {};
    private Optional<Price> price = Optional.empty();

    /** What {@link PriceFormat#read} returns, and as far read. */
    Optional<Price> read(RecordReader reader) {
        if (bytes.length > 0 && reader.skip(bytes)) {
            return price;
        }
        int start = reader.position();
        price = PriceFormat.read(reader);
        bytes = reader.since(start);
        return price;
    }
}
