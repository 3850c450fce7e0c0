/**
 * MCP servers: kept by administrators, their tools allowed one by one, called by runs. May use egress, the engine's key and the words
 * of tools. Start at {@link dev.jarvis.engine.mcp.McpServers}, and for runs at {@link dev.jarvis.engine.mcp.McpTools}.
 */
@NullMarked
package dev.jarvis.engine.mcp;

import org.jspecify.annotations.NullMarked;
