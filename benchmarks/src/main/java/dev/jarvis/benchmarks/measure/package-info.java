/**
 * CPU time and memory of process trees from /proc, and what machine this is. Linux only.
 */
@NullMarked
package dev.jarvis.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
