/**
 * The control plane: people log in, change and look. Blocking code on virtual threads; never on the way of a model call.
 * Start at {@link dev.jarvis.control.Control}, which wires it, then go to the package of the noun you look for. May use
 * platform, never gateway.
 */
@NullMarked
package dev.jarvis.control;

import org.jspecify.annotations.NullMarked;
