/**
 * Event streams (server-sent events) as bytes, whatever a provider writes in them. Start at
 * {@link dev.jarvis.gateway.dialect.sse.EventStreamReader}. Does no I/O.
 */
@NullMarked
package dev.jarvis.gateway.dialect.sse;

import org.jspecify.annotations.NullMarked;
