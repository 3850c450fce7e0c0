package dev.jarvis.engine.mcp;

import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that a run may be planned with, as an administrator allowed it.
 *
 * @param name what the model calls it
 * @param approval whether a person must allow each call
 */
public record OfferedTool(McpToolRef ref, String name, String description, ObjectNode schema, boolean approval) {}
