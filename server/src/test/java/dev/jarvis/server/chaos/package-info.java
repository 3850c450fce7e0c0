/** What is left of the accounts when a server is killed or stopped under load. */
@NullMarked
package dev.jarvis.server.crash;

import org.jspecify.annotations.NullMarked;
