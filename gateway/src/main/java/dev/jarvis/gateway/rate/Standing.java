package dev.jarvis.gateway.rate;

/**
 * Where a limit stands after a decision.
 *
 * @param limit as it was applied: a node's share of it where nodes decide alone
 * @param requests counted in the last sixty seconds
 * @param tokens counted in the last sixty seconds, with those that are set aside
 * @param resetMillis until all of the limit is free again, if nothing more is asked
 */
record Standing(RateLimit limit, long requests, long tokens, long resetMillis) {}
