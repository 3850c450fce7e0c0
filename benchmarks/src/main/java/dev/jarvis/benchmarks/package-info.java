/**
 * One run of the benchmark: which targets, which scenarios, in which order. Start reading at {@link
 * dev.jarvis.benchmarks.Benchmarks}. This module uses none of the product's code: it talks HTTP and starts processes.
 */
@NullMarked
package dev.jarvis.benchmarks;

import org.jspecify.annotations.NullMarked;
