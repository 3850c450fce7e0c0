/** The credential that a run holds for its user. Start at {@link dev.jarvis.engine.credential.Delegations}. */
@NullMarked
package dev.jarvis.engine.credential;

import org.jspecify.annotations.NullMarked;
