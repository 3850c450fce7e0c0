/**
 * Which provider key answers a request: the usable ones in turn, and how the others came to be set aside. Start at
 * {@link dev.jarvis.gateway.route.KeyRing}. May use catalog, provider and rate.
 */
@NullMarked
package dev.jarvis.gateway.route;

import org.jspecify.annotations.NullMarked;
