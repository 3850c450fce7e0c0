/** Agents as models in OpenAI's dialect: {@code agent:<slug>}. Start at {@link dev.jarvis.engine.door.AgentDoor}. */
@NullMarked
package dev.jarvis.engine.door;

import org.jspecify.annotations.NullMarked;
