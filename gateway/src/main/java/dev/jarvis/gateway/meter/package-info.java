/** Counts every attempt once: opened before it is sent, settled before its end is released. Start at {@link dev.jarvis.gateway.meter.Meter}. */
@NullMarked
package dev.jarvis.gateway.meter;

import org.jspecify.annotations.NullMarked;
