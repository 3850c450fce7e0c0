/** Small things that tests of every module use: waiting for an event, a clock in hand. Start at {@link dev.jarvis.testkit.Await}. */
@NullMarked
package dev.jarvis.testkit;

import org.jspecify.annotations.NullMarked;
