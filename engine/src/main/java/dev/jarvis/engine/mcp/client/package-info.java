/**
 * The Model Context Protocol over Streamable HTTP, from the client's side: one session at a time, bounded, on the guarded way out.
 * Start at {@link dev.jarvis.engine.mcp.client.McpSession}.
 */
@NullMarked
package dev.jarvis.engine.mcp.client;

import org.jspecify.annotations.NullMarked;
