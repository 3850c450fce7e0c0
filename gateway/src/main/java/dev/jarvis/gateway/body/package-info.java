/**
 * Keeps the bodies of calls where an administrator switched that on, beside and never before the money: what is over a bound is
 * dropped and counted. Start at {@link dev.jarvis.gateway.body.BodyLog}. May use catalog, dialect and platform.
 */
@NullMarked
package dev.jarvis.gateway.body;

import org.jspecify.annotations.NullMarked;
