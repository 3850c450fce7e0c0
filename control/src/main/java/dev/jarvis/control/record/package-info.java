/**
 * The call log: every attempt's usage record, newest first, as JSON pages or one CSV file; for everyone their own, for
 * administrators all. What it shows of an attempt is its effective row; the rows before it are shown with the single record.
 * Start at {@link dev.jarvis.control.record.RecordEndpoint}.
 */
@NullMarked
package dev.jarvis.control.record;

import org.jspecify.annotations.NullMarked;
