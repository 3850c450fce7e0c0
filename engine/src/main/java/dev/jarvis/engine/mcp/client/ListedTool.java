package dev.jarvis.engine.mcp.client;

import tools.jackson.databind.node.ObjectNode;

/** A tool as a server lists it, unjudged. */
public record ListedTool(String name, String title, String description, ObjectNode schema) {}
