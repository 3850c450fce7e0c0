/** What is done to other processes in tests of failure. Start at {@link dev.jarvis.testkit.process.Signal}. */
@NullMarked
package dev.jarvis.testkit.process;

import org.jspecify.annotations.NullMarked;
