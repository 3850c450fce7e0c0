package dev.jarvis.gateway.rate;

/**
 * Why there is no room.
 *
 * @param subject whose limit it is
 * @param asked how much of it was asked for
 * @param waitMillis until there is room, as far as can be told: 0 if never
 */
record Shortage(RateSubject subject, RateLimit limit, Kind kind, long asked, long waitMillis) {
    /** Of what. */
    enum Kind {
        REQUESTS,
        TOKENS,
        CONCURRENT,

        /** The request alone is more than a minute's tokens. */
        TOO_LARGE
    }
}
