package dev.jarvis.gateway.rate;

/** What is set aside of rates for one request. Thread-safe. */
public interface RateGrant {
    RateGrant NOTHING = actualTokens -> {};

    /**
     * The request is over: its place is free, and its tokens are put right where they were counted. The request itself
     * stays counted, whatever became of it: to be refused by a provider must not be a way to ask more often. Only the
     * first call does anything.
     */
    void end(long actualTokens);
}
