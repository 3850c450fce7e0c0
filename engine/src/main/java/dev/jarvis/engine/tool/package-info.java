/** What agents can do besides talking. Start at {@link dev.jarvis.engine.tool.Tool}. */
@NullMarked
package dev.jarvis.engine.tool;

import org.jspecify.annotations.NullMarked;
