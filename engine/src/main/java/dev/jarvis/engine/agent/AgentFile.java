package dev.jarvis.engine.agent;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent as a file, to be taken to another installation. It holds no secrets, because an agent has none, and nothing of
 * who may use it. Tools that are other agents or MCP servers are left out: they are this installation's.
 */
record AgentFile(String format, int formatVersion, AgentConfig config) {
    private static final String FORMAT = "jarvis-agent";

    static AgentFile of(AgentConfig config) {
        return new AgentFile(
                FORMAT,
                1,
                new AgentConfig(
                        config.name(),
                        config.icon(),
                        config.description(),
                        config.instructions(),
                        config.variables(),
                        config.model(),
                        config.tools().stream()
                                .filter(tool -> tool.type().equals("builtin"))
                                .toList(),
                        config.memory(),
                        config.limits()));
    }

    /** @throws Refusal 400 {@code invalid_agent_file}, or as the fields of a new agent are refused */
    static AgentFile read(Call call) {
        Fields in = Fields.of(call).require("format", "format_version", "config");
        if (!in.string("format", 100).orElseThrow().equals(FORMAT)) {
            throw Refusal.badRequest("invalid_agent_file", "This is not a file of an exported agent.", "format");
        }
        in.integer("format_version", 1, 1, 1);
        Fields fields = in.object("config").orElseThrow();
        in.refuseOthers();
        if (call.read(ObjectNode.class).get("config") instanceof ObjectNode config) {
            AgentFields.refuseCredentials(config);
        }
        AgentConfig config = AgentFields.ofNew(fields);
        fields.refuseOthers();
        return new AgentFile(FORMAT, 1, config);
    }
}
