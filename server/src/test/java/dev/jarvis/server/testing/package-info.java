/** A whole server for tests at the boundary: HTTP goes in, HTTP comes out. Start at {@link dev.jarvis.server.testing.TestingServer}. */
@NullMarked
package dev.jarvis.server.testing;

import org.jspecify.annotations.NullMarked;
