package dev.jarvis.gateway.rate;

import java.util.UUID;

/** One thing that has a rate of its own. */
public record RateSubject(RateScope scope, UUID id) {}
