package dev.jarvis.server.mcp;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An administrator who keeps MCP servers, and whose agents use them. */
final class McpUser {
    static final String SERVERS = "/api/v1/mcp-servers";

    private final ScriptedProvider provider;
    private final Api api;

    McpUser(Api api, ScriptedProvider provider) {
        this.provider = provider;
        this.api = api;
    }

    /** A new server, asked for its tools. Its id. */
    String add(String name, URI url, Map<String, ?> more) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("name", name, "url", url.toString()));
        fields.putAll(more);
        String id = api.post(SERVERS, fields).expect(201).text("/id");
        ApiAnswer asked = api.post(SERVERS + "/" + id + "/refresh", "").expect(200);
        if (!asked.text("/state").equals("ok")) {
            throw new AssertionError("the server was asked in vain: " + asked.body());
        }
        return id;
    }

    ApiAnswer server(String id) {
        return api.get(SERVERS + "/" + id).expect(200);
    }

    JsonNode tool(String server, String name) {
        return api.get(SERVERS + "/" + server + "/tools")
                .expect(200)
                .json()
                .path("data")
                .valueStream()
                .filter(tool -> tool.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }

    /** Allows what the server lists now under these names, without a person's approval of each call. */
    void allow(String server, String... names) {
        for (String name : names) {
            decide(server, name, tool(server, name).path("fingerprint").asString(), false)
                    .expect(200);
        }
    }

    ApiAnswer decide(String server, String name, String fingerprint, boolean approval) {
        return api.put(
                SERVERS + "/" + server + "/tools",
                Map.of(
                        "tools",
                        List.of(Map.of(
                                "name", name, "allowed", true, "approval", approval, "fingerprint", fingerprint))));
    }

    /** An agent with all that is allowed of a server. */
    String agent(String server) {
        return agent(Map.of("type", "mcp", "server_id", server));
    }

    String agent(Map<String, ?> tool) {
        return api.post(
                        "/api/v1/agents",
                        Map.of("name", "Agent", "model", Map.of("model_id", "talker"), "tools", List.of(tool)))
                .expect(201)
                .text("/id");
    }

    /** A run in which the model asks for a tool and then ends. */
    ApiAnswer call(String agent, String tool, String arguments) {
        return finished(begin(agent, tool, arguments));
    }

    String begin(String agent, String tool, String arguments) {
        provider.scriptNext(
                Script.chat().toolCall(tool, arguments), Script.chat().words("ok"));
        return send(agent, "Go");
    }

    String conversation(String agent) {
        return api.post("/api/v1/conversations", Map.of("agent_id", agent))
                .expect(201)
                .text("/id");
    }

    /** The id of the run that answers the first message of a new conversation. */
    String send(String agent, String text) {
        return api.post("/api/v1/conversations/" + conversation(agent) + "/messages", Map.of("text", text))
                .expect(202)
                .text("/run/id");
    }

    ApiAnswer finished(String run) {
        return Await.value(
                "the run is over",
                Duration.ofSeconds(30),
                () -> api.get("/api/v1/runs/" + run).expect(200),
                answer -> List.of("done", "failed").contains(answer.text("/run/status")));
    }

    /** A run that waits for a person. */
    ApiAnswer waiting(String run) {
        return Await.value(
                "the run waits",
                () -> api.get("/api/v1/runs/" + run).expect(200),
                answer -> answer.text("/run/status").equals("waiting"));
    }

    /** What the tool answered in a run that went on to its end. */
    static String outcome(ApiAnswer run) {
        if (!run.text("/run/status").equals("done")) {
            throw new AssertionError(run.body());
        }
        return run.text("/steps/1/status") + ": " + run.text("/steps/1/output/content");
    }

    Api api() {
        return api;
    }
}
