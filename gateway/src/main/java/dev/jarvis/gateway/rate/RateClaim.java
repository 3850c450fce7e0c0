package dev.jarvis.gateway.rate;

/** A limit that a request has to keep. */
record RateClaim(RateSubject subject, RateLimit limit) {}
