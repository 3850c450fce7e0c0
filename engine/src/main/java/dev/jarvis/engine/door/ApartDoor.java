package dev.jarvis.engine.door;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import io.vertx.core.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/** OpenAI's dialect at an engine apart: {@code POST /v1/chat/completions} and {@code GET /v1/models}, for agents and nothing else. */
public final class ApartDoor {
    /** As much as the gateway takes by default. */
    private static final long MAX_BODY = 32L << 20;

    private final AgentDoor agents;

    public ApartDoor(AgentDoor agents) {
        this.agents = agents;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, "/v1/chat/completions", Access.USER, MAX_BODY, this::complete)
                .add(HttpMethod.GET, "/v1/models", Access.USER, this::list);
    }

    private Reply complete(Call call) {
        String model = call.read(ObjectNode.class).path("model").asString("");
        if (!model.startsWith(AgentDoor.PREFIX)) {
            throw notFound(
                    "This is an engine, which answers as 'agent:<slug>' only. Models are called at the gateway.");
        }
        if (!call.caller().mayUse(model)) {
            throw notFound("The model '" + model + "' does not exist or you do not have access to it.");
        }
        return agents.answer(call, model);
    }

    private static Refusal notFound(String message) {
        return new Refusal(404, "invalid_request_error", "model_not_found", message, "model", Map.of());
    }

    private record Listed(String id, String object, long created, String ownedBy) {
        static Listed of(Agent agent) {
            return new Listed(
                    AgentDoor.PREFIX + agent.slug(), "model", agent.createdAt().getEpochSecond(), "agent");
        }
    }

    private record Listing(String object, List<Listed> data) {}

    private Reply list(Call call) {
        return Reply.ok(new Listing(
                "list",
                agents.list(call.caller()).stream()
                        .map(Listed::of)
                        .filter(agent -> call.caller().mayUse(agent.id()))
                        .toList()));
    }
}
