package dev.jarvis.control.rerate;

import dev.jarvis.platform.money.Currency;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a re-rating changed, or would change. Amounts are exact decimals.
 *
 * @param records that were looked at
 * @param changed of them
 * @param continueAfter there are more: the next call's {@code after}
 * @param totals by currency; two where the price's currency changes
 * @param byUser those who pay something else, the largest number of records first
 */
record ReRateResult(
        boolean dryRun,
        String model,
        long priceVersion,
        long records,
        long changed,
        Optional<UUID> continueAfter,
        List<Difference> totals,
        List<UserDifference> byUser) {

    /** @param costBefore what providers charge, in {@code currencyBefore}; the user's part beside it */
    record Difference(
            Currency currencyBefore,
            Currency currencyAfter,
            long records,
            String costBefore,
            String costAfter,
            String userCostBefore,
            String userCostAfter) {}

    record UserDifference(UUID userId, Difference difference) {}
}
