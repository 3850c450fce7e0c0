/** The engine at its boundary: a whole server, real HTTP and PostgreSQL, a scripted provider. */
@NullMarked
package dev.jarvis.server.engine;

import org.jspecify.annotations.NullMarked;
