/**
 * The load generator: closed loop (as fast as it goes), open loop (a fixed rate) and paced streams. Delays are counted
 * from when a thing was due, not from when it was done, so a stalled target cannot hide its stall.
 */
@NullMarked
package dev.jarvis.benchmarks.load;

import org.jspecify.annotations.NullMarked;
