/** Agents and their versions: what a user made of a model, instructions and tools. Start at {@link dev.jarvis.engine.agent.Agents}. */
@NullMarked
package dev.jarvis.engine.agent;

import org.jspecify.annotations.NullMarked;
