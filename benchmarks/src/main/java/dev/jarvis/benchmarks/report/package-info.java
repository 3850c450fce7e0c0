/**
 * Medians over the rounds, as a Markdown table and as JSON.
 */
@NullMarked
package dev.jarvis.benchmarks.report;

import org.jspecify.annotations.NullMarked;
