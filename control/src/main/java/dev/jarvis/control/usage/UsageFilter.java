package dev.jarvis.control.usage;

import java.util.Optional;
import java.util.UUID;

/** Whose and which usage a report counts; what is empty is not limited. */
record UsageFilter(
        Optional<UUID> userId,
        Optional<UUID> teamId,
        Optional<UUID> callerKeyId,
        Optional<String> model,
        Optional<String> provider,
        Optional<UUID> providerKeyId) {}
