/** Provider keys that die and come back, seen by callers and administrators. */
@NullMarked
package dev.jarvis.server.keys;

import org.jspecify.annotations.NullMarked;
