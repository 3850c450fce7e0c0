/**
 * Many runs of an agent at once in an engine apart: what a step costs it, and whether its memory stays flat. Start at
 * {@link dev.jarvis.benchmarks.runs.EngineRuns}, which {@code benchmarks/engine-runs} starts.
 */
@NullMarked
package dev.jarvis.benchmarks.runs;

import org.jspecify.annotations.NullMarked;
