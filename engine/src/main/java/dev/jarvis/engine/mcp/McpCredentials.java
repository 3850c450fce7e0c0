package dev.jarvis.engine.mcp;

import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.mcp.client.McpException;
import dev.jarvis.engine.mcp.client.Peer;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Jdbi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Seals the credentials of servers. Each is bound to its server's origin and header too: whoever leads the server's row to another
 * host, by the API or in the database, has a credential that opens no more.
 */
final class McpCredentials {
    private final Jdbi jdbi;
    private final EngineKey key;

    McpCredentials(Jdbi jdbi, EngineKey key) {
        this.jdbi = jdbi;
        this.key = key;
    }

    String keyId() {
        return key.id();
    }

    byte[] seal(Secret secret, UUID server, McpServerFields fields) {
        return key.seal(secret, place(server, fields.url(), fields.auth(), fields.authHeader()));
    }

    /** Whether what is sealed for a server as it was would open for it as it will be. */
    static boolean isSamePlace(McpServer before, McpServerFields after) {
        return place(before.id(), before.url(), before.auth(), before.authHeader())
                .equals(place(before.id(), after.url(), after.auth(), after.authHeader()));
    }

    private static String place(UUID server, URI url, Auth auth, Optional<String> header) {
        String origin = url.getScheme() + "://" + url.getAuthority();
        return "mcp_servers.credential " + server + " " + origin + " " + auth.code() + " " + header.orElse("");
    }

    /** A server with the header that it wants. */
    Peer peer(McpServer server) throws McpException {
        if (server.auth() == Auth.NONE) {
            return new Peer(server.url(), Optional.empty(), server.timeout());
        }
        Secret secret = jdbi.withHandle(handle -> McpServerTable.credential(handle, server.id()))
                .flatMap(kept -> key.open(kept, place(server.id(), server.url(), server.auth(), server.authHeader())))
                .orElseThrow(() -> new McpException(
                        McpException.Kind.CREDENTIAL_LOST,
                        "The server's credential cannot be opened by this engine. Enter it again; where several servers share a"
                                + " database, give all the same JARVIS_ENGINE_KEY."));
        Map.Entry<String, String> header = server.auth() == Auth.BEARER
                ? Map.entry("authorization", "Bearer " + secret.reveal())
                : Map.entry(server.authHeader().orElseThrow(), secret.reveal());
        return new Peer(server.url(), Optional.of(header), server.timeout());
    }
}
