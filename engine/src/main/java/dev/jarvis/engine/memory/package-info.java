/** What agents keep about their users, for these to see and to erase. Start at {@link dev.jarvis.engine.memory.Facts}. */
@NullMarked
package dev.jarvis.engine.memory;

import org.jspecify.annotations.NullMarked;
