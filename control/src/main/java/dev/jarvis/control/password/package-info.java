/** Passwords: what they may be, and how they are kept. Start at {@link dev.jarvis.control.password.Passwords}. */
@NullMarked
package dev.jarvis.control.password;

import org.jspecify.annotations.NullMarked;
