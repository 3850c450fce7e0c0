/**
 * Events to programs outside ({@code /api/v1/webhooks}): signed as Standard Webhooks has it, delivered at least once. Start at
 * {@link dev.jarvis.control.webhook.Deliveries}. Events are raised in the database, by {@code raise_event} in the transaction
 * of what happened.
 */
@NullMarked
package dev.jarvis.control.webhook;

import org.jspecify.annotations.NullMarked;
