package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Runs of no conversation, for those who call an agent as a model. Nobody is there to allow a call: such tools are left out. */
public final class OutsideRuns {
    private final Jdbi jdbi;
    private final NewRuns beginning;
    private final Runs runs;
    private final EventHub hub;

    OutsideRuns(Jdbi jdbi, NewRuns beginning, Runs runs, EventHub hub) {
        this.jdbi = jdbi;
        this.beginning = beginning;
        this.runs = runs;
        this.hub = hub;
    }

    /** Hears what a run tells. */
    @FunctionalInterface
    public interface Listener {
        void hear(JsonNode event) throws IOException;
    }

    /** @param messages in OpenAI's form */
    public UUID begin(Call call, Agent agent, List<ObjectNode> messages) {
        return beginning.beginOutside(call, agent, messages);
    }

    /** Until the run is over, or the server stops. Blocking. */
    public void watch(UUID run, Listener listener) throws IOException {
        new EventStream(jdbi, hub, run, 0).follow(event -> listener.hear(Json.MAPPER.readTree(event.data())), () -> {});
    }

    /** A run that is over stays as it is. */
    public void cancel(Identity caller, UUID run) {
        runs.cancel(caller, run);
    }
}
