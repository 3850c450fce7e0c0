/**
 * The engine: agents, conversations and runs. It calls models as its users' programs do, through the gateway's public
 * door with a credential of the caller, and has no other way to them. Start at {@link dev.jarvis.engine.Engine}.
 */
@NullMarked
package dev.jarvis.engine;

import org.jspecify.annotations.NullMarked;
