/**
 * The console's files, served from memory: what the build of the console put on the class path under {@code console/}.
 * Uses platform only. Start at {@link dev.jarvis.server.console.Console}.
 */
@NullMarked
package dev.jarvis.server.console;

import org.jspecify.annotations.NullMarked;
