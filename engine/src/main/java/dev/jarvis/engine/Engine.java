package dev.jarvis.engine;

import dev.jarvis.engine.agent.AgentEndpoint;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.attachment.AttachmentEndpoint;
import dev.jarvis.engine.attachment.Attachments;
import dev.jarvis.engine.conversation.ConversationEndpoint;
import dev.jarvis.engine.conversation.Conversations;
import dev.jarvis.engine.credential.Delegations;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.credential.GatewayIdentities;
import dev.jarvis.engine.door.AgentDoor;
import dev.jarvis.engine.door.ApartDoor;
import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.engine.mcp.McpRoom;
import dev.jarvis.engine.memory.FactEndpoint;
import dev.jarvis.engine.memory.Facts;
import dev.jarvis.engine.memory.ForgetFact;
import dev.jarvis.engine.memory.RememberFact;
import dev.jarvis.engine.model.GatewayHttp;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.ModelDirectory;
import dev.jarvis.engine.run.RunRoom;
import dev.jarvis.engine.tool.Calculator;
import dev.jarvis.engine.tool.CurrentTime;
import dev.jarvis.engine.tool.HttpFetch;
import dev.jarvis.platform.audit.AuditTrail;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Refusals;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.Identities;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** The engine, wired. */
public final class Engine implements Routes, AutoCloseable {
    /** Below these are all of its routes; a gateway without it passes them on. */
    public static final List<String> PATHS = List.of(
            "/api/v1/agents",
            "/api/v1/agent-examples",
            "/api/v1/attachments",
            "/api/v1/attachment-limits",
            "/api/v1/conversations",
            "/api/v1/facts",
            "/api/v1/mcp-servers",
            "/api/v1/runs",
            "/api/v1/shared",
            "/api/v1/tools");

    private final AtomicReference<URI> gateway;
    private final GatewayHttp http;
    private final BlockingEndpoints endpoints;
    private final RunRoom runs;
    private final Outward outward;
    private final McpRoom mcp;
    private final AgentDoor door;

    /**
     * The ways out to addresses that others name.
     *
     * @param pages that models name
     * @param servers of MCP, which administrators name
     */
    private record Outward(GuardedHttp pages, AddressGuard serverGuard, GuardedHttp servers) {
        static Outward of(Vertx vertx, AddressGuard fetchGuard, AddressGuard serverGuard) {
            return new Outward(
                    new GuardedHttp(vertx, fetchGuard, InetAddress::getAllByName),
                    serverGuard,
                    new GuardedHttp(vertx, serverGuard, InetAddress::getAllByName));
        }
    }

    private Engine(
            AtomicReference<URI> gateway,
            GatewayHttp http,
            EngineSettings settings,
            Jdbi jdbi,
            Identities identities,
            Refusals refusals,
            EngineKey key,
            Outward outward,
            AuditTrail audit,
            ExecutorService executor) {
        this.gateway = gateway;
        this.http = http;
        this.outward = outward;
        this.mcp = new McpRoom(jdbi, outward.serverGuard(), outward.servers(), key, audit);
        Agents agents = new Agents(jdbi, audit);
        Conversations conversations = new Conversations(jdbi, agents);
        Facts facts = new Facts(jdbi);
        this.runs = new RunRoom(
                jdbi,
                agents,
                conversations,
                new ModelClient(http),
                new ModelDirectory(http),
                new Delegations(http),
                key,
                List.of(
                        new CurrentTime(Clock.systemUTC()),
                        new Calculator(),
                        new HttpFetch(outward.pages()),
                        new RememberFact(facts),
                        new ForgetFact(facts)),
                mcp.tools(),
                facts,
                settings.lease(),
                settings.mostRuns());
        this.endpoints = new BlockingEndpoints(identities, refusals, executor);
        new AgentEndpoint(agents).addTo(endpoints);
        new ConversationEndpoint(conversations).addTo(endpoints);
        new AttachmentEndpoint(new Attachments(jdbi, settings.attachments())).addTo(endpoints);
        new FactEndpoint(facts).addTo(endpoints);
        runs.addTo(endpoints);
        mcp.addTo(endpoints);
        this.door = new AgentDoor(agents, runs.outside());
    }

    /** Agents as models. */
    public AgentDoor door() {
        return door;
    }

    /**
     * The engine on a database. It works once it is told where the gateway is: {@link #open}.
     *
     * @param identities who calls; the engine asks, and knows nothing of users itself
     * @param fetchGuard where agents may read pages; never wider than what is public by accident of what providers need
     * @param serverGuard where MCP servers may be: administrators name them, as they do providers
     * @param audit keeps records of what is done to agents and MCP servers
     * @param executor of virtual threads, on which endpoints run
     */
    public static Engine assemble(
            EngineSettings settings,
            Jdbi jdbi,
            Identities identities,
            Refusals refusals,
            EngineKey key,
            AddressGuard fetchGuard,
            AddressGuard serverGuard,
            AuditTrail audit,
            Vertx vertx,
            ExecutorService executor) {
        AtomicReference<URI> gateway = new AtomicReference<>();
        return new Engine(
                gateway,
                new GatewayHttp(gateway::get),
                settings,
                jdbi,
                identities,
                refusals,
                key,
                Outward.of(vertx, fetchGuard, serverGuard),
                audit,
                executor);
    }

    /**
     * The same in a process of its own, where nobody is known but by asking the control plane, and agents are models at the
     * engine's own address too.
     *
     * @param url of the gateway, and of the control plane beside it
     */
    public static Engine apart(
            EngineSettings settings,
            Jdbi jdbi,
            URI url,
            Refusals refusals,
            EngineKey key,
            AddressGuard fetchGuard,
            AddressGuard serverGuard,
            AuditTrail audit,
            Vertx vertx,
            ExecutorService executor) {
        AtomicReference<URI> gateway = new AtomicReference<>(url);
        GatewayHttp http = new GatewayHttp(gateway::get);
        Engine engine = new Engine(
                gateway,
                http,
                settings,
                jdbi,
                new GatewayIdentities(http),
                refusals,
                key,
                Outward.of(vertx, fetchGuard, serverGuard),
                audit,
                executor);
        new ApartDoor(engine.door).addTo(engine.endpoints);
        return engine;
    }

    /** Why the gateway cannot be reached, if it cannot. Blocking. */
    public Optional<String> gatewayProblem() {
        return http.answers() ? Optional.empty() : Optional.of("The gateway does not answer.");
    }

    /** @param url of the gateway, and of the control plane beside it */
    public void open(URI url) {
        gateway.set(url);
        runs.open();
    }

    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        endpoints.addTo(table, vertx);
    }

    @Override
    public void close() {
        runs.close();
        mcp.close();
        http.close();
        outward.pages().close();
        outward.servers().close();
    }
}
