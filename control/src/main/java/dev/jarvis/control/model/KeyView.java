package dev.jarvis.control.model;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A provider key as administrators see it.
 *
 * @param hint its last four characters
 * @param lastUsedAt the hour of the last call with it, if there was one in the last weeks
 */
record KeyView(
        UUID id, String name, String hint, String status, int weight, Health health, Optional<Instant> lastUsedAt) {
    /**
     * What the gateways found out about the key.
     *
     * @param state healthy, cooling, exhausted, refused, misconfigured or corrupt
     * @param reasonCode for programs; empty where an older node found it out
     * @param reason in our words
     * @param until when it is tried again, where that is known
     */
    record Health(
            String state,
            Optional<String> reasonCode,
            Optional<String> reason,
            Optional<Instant> since,
            Optional<Instant> until) {
        static final Health HEALTHY =
                new Health("healthy", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
