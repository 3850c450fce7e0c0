/**
 * Where the CPU of a target goes, from the JDK's Flight Recorder and from perf, as text.
 */
@NullMarked
package dev.jarvis.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
