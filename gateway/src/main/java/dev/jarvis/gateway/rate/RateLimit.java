package dev.jarvis.gateway.rate;

/**
 * How much is allowed in any sixty seconds, and how much at once.
 *
 * @param requests a minute; {@link #UNLIMITED} for no limit, as in the others
 * @param tokens a minute, input and output together
 * @param concurrent requests at once
 */
public record RateLimit(long requests, long tokens, long concurrent) {
    public static final long UNLIMITED = Long.MAX_VALUE;
    public static final RateLimit NONE = new RateLimit(UNLIMITED, UNLIMITED, UNLIMITED);

    public RateLimit {
        if (requests < 0 || tokens < 0 || concurrent < 0) {
            throw new IllegalArgumentException("a rate limit is not negative");
        }
    }

    /** Each dimension by the stricter of two. */
    public RateLimit and(RateLimit other) {
        return new RateLimit(
                Math.min(requests, other.requests),
                Math.min(tokens, other.tokens),
                Math.min(concurrent, other.concurrent));
    }

    /** What of it is left for the nodes that count together. */
    RateLimit common(Share share) {
        return new RateLimit(share.common(requests), share.common(tokens), share.common(concurrent));
    }

    /** What of it one node may give out on its own. */
    RateLimit of(Share share) {
        return share.isWhole() ? this : new RateLimit(share.of(requests), share.of(tokens), share.of(concurrent));
    }
}
