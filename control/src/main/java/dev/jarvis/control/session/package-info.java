/**
 * Login sessions. A session is a family of refresh tokens: each is used once and replaced, and the second use of one ends
 * the family, since either its owner or a thief holds a copy. Start at {@link dev.jarvis.control.session.Sessions}.
 */
@NullMarked
package dev.jarvis.control.session;

import org.jspecify.annotations.NullMarked;
