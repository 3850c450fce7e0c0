/** The control plane over HTTP, on a real database. Start at {@link dev.jarvis.control.running.ControlServer}. */
@NullMarked
package dev.jarvis.control.running;

import org.jspecify.annotations.NullMarked;
