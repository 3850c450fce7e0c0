/**
 * Who is calling, from memory. The database is asked once per credential; change notices clear what they name. Start at
 * {@link dev.jarvis.gateway.caller.CallerDirectory}. May use platform only.
 */
@NullMarked
package dev.jarvis.gateway.caller;

import org.jspecify.annotations.NullMarked;
