/** The control plane over HTTP, on a real database. Start at {@link dev.jarvis.control.ControlServer}. */
@NullMarked
package dev.jarvis.control;

import org.jspecify.annotations.NullMarked;
