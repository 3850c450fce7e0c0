/**
 * Requests that carry an {@code Idempotency-Key} are sent to a provider once: their answer is kept for a day and given again.
 * Start at {@link dev.jarvis.gateway.idempotency.Idempotency}. May use dialect.bytes and platform.
 */
@NullMarked
package dev.jarvis.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
