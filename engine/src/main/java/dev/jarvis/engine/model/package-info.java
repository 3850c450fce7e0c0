/** Calls models through the gateway's public door, as any other program does. Start at {@link dev.jarvis.engine.model.ModelClient}. */
@NullMarked
package dev.jarvis.engine.model;

import org.jspecify.annotations.NullMarked;
