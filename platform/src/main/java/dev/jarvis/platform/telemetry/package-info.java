/** Metrics and the names they carry. Start at {@link dev.jarvis.platform.telemetry.Telemetry}. */
@NullMarked
package dev.jarvis.platform.telemetry;

import org.jspecify.annotations.NullMarked;
