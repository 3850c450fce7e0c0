package dev.jarvis.control.usage;

import java.util.Optional;
import java.util.UUID;

/**
 * One line of a report: the values it is grouped by, and what was used under them. What it is not grouped by is empty;
 * so are names of what no longer exists.
 *
 * @param bucket index of the day or hour, from 0
 */
record UsageGroup(
        Optional<Integer> bucket,
        Optional<String> model,
        Optional<UUID> userId,
        Optional<String> username,
        Optional<UUID> teamId,
        Optional<String> teamName,
        Optional<UUID> callerKeyId,
        Optional<String> callerKeyName,
        Optional<String> provider,
        Optional<UUID> providerKeyId,
        Optional<String> providerKeyHint,
        String currency,
        UsageCounts counts) {

    /** The same line with other numbers. */
    UsageGroup with(String otherCurrency, UsageCounts otherCounts) {
        return new UsageGroup(
                bucket,
                model,
                userId,
                username,
                teamId,
                teamName,
                callerKeyId,
                callerKeyName,
                provider,
                providerKeyId,
                providerKeyHint,
                otherCurrency,
                otherCounts);
    }

    /** What two lines share that say the same of different times: all but the numbers. */
    UsageGroup key() {
        return with(currency, UsageCounts.ZERO);
    }
}
