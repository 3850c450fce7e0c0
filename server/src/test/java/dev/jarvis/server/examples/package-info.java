/** What the original description promises, tried as it is written there. */
@NullMarked
package dev.jarvis.server.examples;

import org.jspecify.annotations.NullMarked;
