/** What servers do from time to time without being asked. Start at {@link dev.jarvis.control.chore.Chore}. */
@NullMarked
package dev.jarvis.control.chore;

import org.jspecify.annotations.NullMarked;
