/** MCP servers: real ones of the official SDKs, and one that means harm. Start at {@link dev.jarvis.server.mcp.McpPeersTest}. */
@NullMarked
package dev.jarvis.server.mcp;

import org.jspecify.annotations.NullMarked;
