package dev.jarvis.control.price;

import java.util.List;

/**
 * A list of prices from elsewhere, as far as it could be read.
 *
 * @param format by which it was read
 * @param source of the prices that it makes
 * @param prices the entries that are prices
 * @param problems those that are not
 */
record PriceFile(String format, PriceSource source, List<CatalogueEntry> prices, List<Problem> problems) {
    PriceFile {
        prices = List.copyOf(prices);
        problems = List.copyOf(problems);
    }

    /** Why an entry is no price. */
    record Problem(String entry, String reason) {}
}
