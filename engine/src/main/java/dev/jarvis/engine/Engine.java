package dev.jarvis.engine;

import dev.jarvis.engine.agent.AgentEndpoint;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.conversation.ConversationEndpoint;
import dev.jarvis.engine.conversation.Conversations;
import dev.jarvis.engine.credential.Delegations;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.model.GatewayHttp;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.run.RunRoom;
import dev.jarvis.engine.tool.Calculator;
import dev.jarvis.engine.tool.CurrentTime;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Refusals;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.Identities;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** The engine, wired. */
public final class Engine implements Routes, AutoCloseable {
    private final AtomicReference<URI> gateway = new AtomicReference<>();
    private final GatewayHttp http;
    private final BlockingEndpoints endpoints;
    private final RunRoom runs;

    private Engine(
            EngineSettings settings,
            Jdbi jdbi,
            Identities identities,
            Refusals refusals,
            EngineKey key,
            ExecutorService executor) {
        this.http = new GatewayHttp(gateway::get);
        Agents agents = new Agents(jdbi);
        Conversations conversations = new Conversations(jdbi, agents);
        this.runs = new RunRoom(
                jdbi,
                agents,
                conversations,
                new ModelClient(http),
                new Delegations(http),
                key,
                List.of(new CurrentTime(Clock.systemUTC()), new Calculator()),
                settings.lease(),
                settings.mostRuns());
        this.endpoints = new BlockingEndpoints(identities, refusals, executor);
        new AgentEndpoint(agents).addTo(endpoints);
        new ConversationEndpoint(conversations).addTo(endpoints);
        runs.addTo(endpoints);
    }

    /**
     * The engine on a database. It works once it is told where the gateway is: {@link #open}.
     *
     * @param identities who calls; the engine asks, and knows nothing of users itself
     * @param executor of virtual threads, on which endpoints run
     */
    public static Engine assemble(
            EngineSettings settings,
            Jdbi jdbi,
            Identities identities,
            Refusals refusals,
            EngineKey key,
            ExecutorService executor) {
        return new Engine(settings, jdbi, identities, refusals, key, executor);
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
        http.close();
    }
}
