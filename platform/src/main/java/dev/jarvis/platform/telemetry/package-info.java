/** Metrics, and the way of log lines out. Start at {@link dev.jarvis.platform.telemetry.Telemetry}. */
@NullMarked
package dev.jarvis.platform.telemetry;

import org.jspecify.annotations.NullMarked;
