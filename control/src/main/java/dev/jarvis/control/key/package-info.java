/**
 * Caller keys: ours, given to a program in place of a login ({@code /api/v1/keys}). A key has the rights of its user at
 * the moment of its use, and at most those. Start at {@link dev.jarvis.control.key.KeyEndpoint}.
 */
@NullMarked
package dev.jarvis.control.key;

import org.jspecify.annotations.NullMarked;
