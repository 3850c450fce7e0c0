/**
 * Charges records again by another version of their model's price: corrections, never edits. Start at
 * {@link dev.jarvis.control.rerate.ReRating}. May use price, input, audit and platform.
 */
@NullMarked
package dev.jarvis.control.rerate;

import org.jspecify.annotations.NullMarked;
