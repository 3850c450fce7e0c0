package dev.jarvis.engine.mcp;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A server as administrators read it: of its credential only whether there is one, and its last characters. */
record McpServerView(
        UUID id,
        String slug,
        String name,
        String description,
        String url,
        AuthView auth,
        boolean enabled,
        long timeoutSeconds,
        String state,
        @Nullable Problem error,
        List<String> notes,
        String serverName,
        String protocolVersion,
        @Nullable Instant checkedAt,
        int toolCount,
        int usableCount,
        int changedCount,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** @param hint the last characters of the credential */
    record AuthView(
            String type, @Nullable String header, @Nullable String hint) {}

    record Problem(String code, String message) {}

    static McpServerView of(McpServer server) {
        String code = server.errorCode();
        return new McpServerView(
                server.id(),
                server.slug(),
                server.name(),
                server.description(),
                server.url().toString(),
                new AuthView(server.auth().code(), server.authHeader().orElse(null), server.hint()),
                server.enabled(),
                server.timeout().toSeconds(),
                server.state(),
                code == null ? null : new Problem(code, String.valueOf(server.errorMessage())),
                server.notes(),
                server.serverName(),
                server.protocolVersion(),
                server.checkedAt(),
                server.tools(),
                server.usable(),
                server.changed(),
                server.version(),
                server.createdAt(),
                server.updatedAt());
    }
}
