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
        Optional<UUID> callerKeyId,
        Optional<String> callerKeyName,
        Optional<String> provider,
        Optional<UUID> providerKeyId,
        Optional<String> providerKeyHint,
        String currency,
        UsageCounts counts) {}
