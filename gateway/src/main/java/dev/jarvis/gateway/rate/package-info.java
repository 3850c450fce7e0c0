/**
 * Rates: how many requests and tokens a minute, and how many requests at once, for teams, users, caller keys, models and
 * provider keys. Start at {@link dev.jarvis.gateway.rate.RateLimiter}. May use limit, catalog and platform.
 */
@NullMarked
package dev.jarvis.gateway.rate;

import org.jspecify.annotations.NullMarked;
