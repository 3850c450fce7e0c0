package dev.jarvis.engine.mcp.client;

import java.util.List;

/**
 * What a server offers.
 *
 * @param leftOut why some of it was not taken, for administrators
 */
public record Listing(List<ListedTool> tools, List<String> leftOut) {}
