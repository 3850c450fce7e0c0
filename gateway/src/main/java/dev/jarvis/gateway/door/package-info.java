/**
 * The gateway's routes: who may come in with what, and nothing of how it is answered. Start at
 * {@link dev.jarvis.gateway.door.ChatEndpoint}. May use caller, catalog, dialect and relay.
 */
@NullMarked
package dev.jarvis.gateway.door;

import org.jspecify.annotations.NullMarked;
