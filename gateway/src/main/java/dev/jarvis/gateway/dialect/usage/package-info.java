/**
 * What readers of usage share, whatever the dialect. Start at {@link dev.jarvis.gateway.dialect.usage.UsageReading}. May use
 * chat and dialect.bytes.
 */
@NullMarked
package dev.jarvis.gateway.dialect.usage;

import org.jspecify.annotations.NullMarked;
