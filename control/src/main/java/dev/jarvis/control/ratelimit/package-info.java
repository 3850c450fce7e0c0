/**
 * Rate limits of teams, users, caller keys, models and provider keys, as administrators set them; the gateways keep them.
 * Start at {@link dev.jarvis.control.ratelimit.RateLimitEndpoint}. May use answer, audit, input and platform.
 */
@NullMarked
package dev.jarvis.control.ratelimit;

import org.jspecify.annotations.NullMarked;
