package dev.jarvis.engine.mcp;

import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.platform.audit.AuditTrail;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.BlockingEndpoints;
import org.jdbi.v3.core.Jdbi;

/** Everything about MCP servers, wired. */
public final class McpRoom implements AutoCloseable {
    private final McpTools tools;
    private final McpServerEndpoint endpoint;

    /**
     * @param guard where servers may be
     * @param http that asks the same guard
     */
    public McpRoom(Jdbi jdbi, AddressGuard guard, GuardedHttp http, EngineKey key, AuditTrail audit) {
        McpCredentials credentials = new McpCredentials(jdbi, key);
        McpListings listings = new McpListings(jdbi);
        this.tools = new McpTools(jdbi, http, credentials, listings);
        this.endpoint = new McpServerEndpoint(new McpServers(jdbi, guard, http, credentials, listings, audit));
    }

    /** For runs. */
    public McpTools tools() {
        return tools;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoint.addTo(endpoints);
    }

    @Override
    public void close() {
        tools.close();
    }
}
