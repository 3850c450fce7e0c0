package dev.jarvis.server;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.door.AgentDoor;
import dev.jarvis.gateway.door.OtherModels;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.Identity;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/** The engine's agents at the gateway's door. The gateway is made before the engine, which is plugged in later. */
final class PluggedAgents implements OtherModels {
    private static final Logger LOG = LoggerFactory.getLogger(PluggedAgents.class);

    private volatile @Nullable AgentDoor door;

    void plug(AgentDoor agents) {
        door = agents;
    }

    /** Without the database there are the models, which need none. */
    @Override
    public List<Listed> list(Identity caller) {
        AgentDoor now = door;
        if (now == null) {
            return List.of();
        }
        try {
            return now.list(caller).stream().map(PluggedAgents::listed).toList();
        } catch (JdbiException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("Agents could not be listed");
            return List.of();
        }
    }

    @Override
    public Optional<Listed> find(Identity caller, String model) {
        return running().find(caller, model).map(PluggedAgents::listed);
    }

    static Listed listed(Agent agent) {
        return new Listed(PREFIX + agent.slug(), agent.createdAt());
    }

    @Override
    public Reply answer(Call call, String model) {
        return running().answer(call, model);
    }

    private AgentDoor running() {
        AgentDoor now = door;
        if (now == null) {
            throw Refusal.unavailable("server_stopping", "This server is starting or stopping. Try again.");
        }
        return now;
    }
}
