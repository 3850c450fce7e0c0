package dev.jarvis.engine.run;

import dev.jarvis.engine.mcp.McpToolRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.UUID;

/**
 * A tool as it was when the run began.
 *
 * @param name as the model calls it
 * @param type {@code builtin}, {@code agent} or {@code mcp}
 * @param approval whether a person must allow each call
 * @param sideEffects whether a call must not be repeated after a crash
 */
record PlannedTool(
        String name,
        String type,
        String description,
        ObjectNode parameters,
        @Nullable UUID agentId,
        @Nullable McpToolRef mcp,
        boolean approval,
        boolean sideEffects) {}
