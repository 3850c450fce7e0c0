package dev.jarvis.engine.agent;

import java.util.List;

/** What of an agent has versions: all but who may use it. */
public record AgentConfig(
        String name,
        String icon,
        String description,
        String instructions,
        List<Variable> variables,
        ModelChoice model,
        List<ToolChoice> tools,
        MemoryChoice memory,
        RunLimits limits) {}
