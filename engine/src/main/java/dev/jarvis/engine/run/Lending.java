package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.credential.Delegated;
import dev.jarvis.engine.credential.Delegations;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.identity.Identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Lends runs what their user may use: a token for the models of an agent, and of the agents that it may call. */
final class Lending {
    private static final int MOST_AGENTS = 50;

    private final Agents agents;
    private final Delegations delegations;

    Lending(Agents agents, Delegations delegations) {
        this.agents = agents;
        this.delegations = delegations;
    }

    Delegated lend(Call call, Agent agent) {
        Set<String> models = new LinkedHashSet<>();
        collect(call.caller(), agent, models, new LinkedHashSet<>());
        return delegations.delegate(call, "agent:" + agent.id(), new ArrayList<>(models));
    }

    private void collect(Identity caller, Agent agent, Set<String> models, Set<UUID> seen) {
        if (seen.size() < MOST_AGENTS && seen.add(agent.id())) {
            models.add(agent.config().model().modelId());
            agent.config().tools().stream()
                    .flatMap(tool -> Optional.ofNullable(tool.agentId()).stream())
                    .flatMap(id -> agents.find(caller, id).stream())
                    .forEach(other -> collect(caller, other, models, seen));
        }
    }
}
