/**
 * Drops the usage records of days that the operator no longer wants, a whole partition at a time; rollups and reports
 * stay. Start at {@link dev.jarvis.control.retention.UsageRetention}.
 */
@NullMarked
package dev.jarvis.control.retention;

import org.jspecify.annotations.NullMarked;
