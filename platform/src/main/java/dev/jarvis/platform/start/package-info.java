/**
 * What must hold before anything runs: the data directory with its lock, files that hold secrets, and the one exception
 * that tells an operator why the server does not start. Start at {@link dev.jarvis.platform.start.DataDirectory}.
 */
@NullMarked
package dev.jarvis.platform.start;

import org.jspecify.annotations.NullMarked;
