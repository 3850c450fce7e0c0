package dev.jarvis.engine.door;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.run.OutsideRuns;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.PageRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lets any OpenAI client use an agent as if it were a model. Each request is a run of no conversation. */
public final class AgentDoor {
    static final String PREFIX = "agent:";
    private static final int MOST_LISTED = 200;

    private final Agents agents;
    private final OutsideRuns runs;

    public AgentDoor(Agents agents, OutsideRuns runs) {
        this.agents = agents;
        this.runs = runs;
    }

    /** Those that somebody may use. */
    public List<Agent> list(Identity caller) {
        return agents.list(caller, false, null, new PageRequest(1, MOST_LISTED)).data();
    }

    /**
     * The one of that name, if somebody may use it.
     *
     * @param model {@code agent:<slug>}
     */
    public Optional<Agent> find(Identity caller, String model) {
        return agents.findSlug(caller, model.substring(PREFIX.length()));
    }

    /**
     * Answers {@code POST /v1/chat/completions}.
     *
     * @param model {@code agent:<slug>}
     * @throws Refusal 404 {@code model_not_found}, 400 for what an agent does not take, or as its run ends
     */
    public Reply answer(Call call, String model) {
        Agent agent = find(call.caller(), model)
                .orElseThrow(() -> new Refusal(
                        404,
                        "invalid_request_error",
                        "model_not_found",
                        "The model '" + model + "' does not exist or you do not have access to it.",
                        "model",
                        Map.of()));
        ObjectNode body = call.read(ObjectNode.class);
        refuseOwnTools(body);
        List<ObjectNode> messages = messages(body);
        boolean stream = body.path("stream").asBoolean(false);
        boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
        UUID run = runs.begin(call, agent, messages);
        Completion completion = new Completion(run, model, usage);
        if (stream) {
            return new Reply(
                    200,
                    Map.of("content-type", "text/event-stream", "x-jarvis-run-id", run.toString()),
                    new byte[0],
                    Optional.of(out -> {
                        try {
                            runs.watch(run, event -> completion.write(event, out));
                        } finally {
                            runs.cancel(call.caller(), run); // nothing if it is over; else its reader has left
                        }
                    }));
        }
        try {
            runs.watch(run, completion::take);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written here", e);
        }
        return completion.reply();
    }

    /** An agent has its own tools; those of the caller would have to be called by the caller, in the middle of a run. */
    private static void refuseOwnTools(ObjectNode body) {
        for (String name : List.of("tools", "functions", "n")) {
            JsonNode value = body.path(name);
            boolean harmless = value.isMissingNode()
                    || value.isNull()
                    || (value.isArray() && value.isEmpty())
                    || (name.equals("n") && value.asInt(0) == 1);
            if (!harmless) {
                throw Refusal.badRequest(
                        "invalid_value", "'" + name + "' is not for agents: they have their own. Leave it out.", name);
            }
        }
    }

    private static List<ObjectNode> messages(ObjectNode body) {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty() || !messages.valueStream().allMatch(JsonNode::isObject)) {
            throw Refusal.badRequest("invalid_type", "'messages' must be a list of messages.", "messages");
        }
        return messages.valueStream().map(ObjectNode.class::cast).toList();
    }
}
