package dev.jarvis.engine.mcp;

import java.util.UUID;

/** Which tool of which server a run was planned with. @param fingerprint of what the model is told of it */
public record McpToolRef(UUID serverId, String tool, String fingerprint) {}
