/** Runs: the loop of model and tool steps, stored step by step and shared by all engines. Start at {@link dev.jarvis.engine.run.RunLoop}. */
@NullMarked
package dev.jarvis.engine.run;

import org.jspecify.annotations.NullMarked;
