package dev.jarvis.gateway.route;

import dev.jarvis.gateway.catalog.ProviderKey;

import java.time.Duration;
import java.util.Optional;

/** What came of looking for a key. */
public sealed interface Pick {
    record Use(ProviderKey key) implements Pick {}

    /** The deployment takes no key. */
    record NoKeyNeeded() implements Pick {}

    /**
     * No key can be used.
     *
     * @param usableIn when the first of them can be again, if rate limits are all that keeps them
     */
    record NoneUsable(Optional<Duration> usableIn) implements Pick {}
}
