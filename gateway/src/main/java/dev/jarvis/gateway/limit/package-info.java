/**
 * What a request may take before it is sent: rates and budgets, reserved all or nothing and settled when it is over. Start
 * at {@link dev.jarvis.gateway.limit.Limits}. May use catalog and platform.
 */
@NullMarked
package dev.jarvis.gateway.limit;

import org.jspecify.annotations.NullMarked;
