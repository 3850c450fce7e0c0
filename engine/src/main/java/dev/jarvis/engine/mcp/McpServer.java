package dev.jarvis.engine.mcp;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An MCP server as it is stored, without its credential.
 *
 * @param slug begins the names of its tools in requests to models
 * @param hint the last characters of the credential; {@code null}: there is none
 * @param keyId of the engine key that sealed it
 * @param state {@code new}, {@code ok} or {@code failed}, when it was last asked
 * @param notes what of its list was not taken, and why
 * @param tools that it lists
 * @param usable of them by agents
 * @param changed of those that were allowed, since
 */
record McpServer(
        UUID id,
        String slug,
        String name,
        String description,
        URI url,
        Auth auth,
        Optional<String> authHeader,
        @Nullable String hint,
        @Nullable String keyId,
        boolean enabled,
        Duration timeout,
        String state,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        List<String> notes,
        String serverName,
        String protocolVersion,
        @Nullable Instant checkedAt,
        int version,
        Instant createdAt,
        Instant updatedAt,
        int tools,
        int usable,
        int changed) {}
