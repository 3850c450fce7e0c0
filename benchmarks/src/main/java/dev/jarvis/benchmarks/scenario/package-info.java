/**
 * The scenarios and how one of them is measured on one target: warm up, let the target finish what it put off, load it,
 * and let it finish again, so that work which a target postpones (shipping usage to its database) is on its bill.
 */
@NullMarked
package dev.jarvis.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
