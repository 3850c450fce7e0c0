/**
 * What is measured: nothing (the upstream itself), nginx, Portkey and Jarvis. Each is a process on its own core.
 */
@NullMarked
package dev.jarvis.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
