package dev.jarvis.engine.agent;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A tool that an agent may use.
 *
 * @param type {@code builtin} or {@code agent}
 * @param name of a built-in tool; {@code null} of an agent
 * @param approval whether a person must allow each call
 */
public record ToolChoice(
        String type, @Nullable String name, @Nullable UUID agentId, boolean approval) {}
