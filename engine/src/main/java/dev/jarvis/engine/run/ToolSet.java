package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.AgentConfig;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.agent.ToolChoice;
import dev.jarvis.engine.mcp.McpToolRef;
import dev.jarvis.engine.mcp.McpTools;
import dev.jarvis.engine.mcp.OfferedTool;
import dev.jarvis.engine.tool.Tool;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tools of this engine: built in, other agents, and those of MCP servers. */
final class ToolSet implements Toolbox {
    private static final ObjectNode TASK = (ObjectNode) Json.MAPPER.readTree("""
            {"type":"object","properties":{"task":{"type":"string","description":
            "Everything the agent must know: it does not see this conversation"}},"required":["task"],
            "additionalProperties":false}""");

    private final Map<String, Tool> builtIn;
    private final Agents agents;
    private final McpTools mcp;

    ToolSet(List<Tool> builtIn, Agents agents, McpTools mcp) {
        this.builtIn = builtIn.stream().collect(Collectors.toMap(Tool::name, Function.identity()));
        this.agents = agents;
        this.mcp = mcp;
    }

    @Override
    public List<PlannedTool> plan(AgentConfig config, Identity caller) {
        List<PlannedTool> planned = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ToolChoice choice : config.tools()) {
            for (PlannedTool tool : plan(choice, caller)) {
                if (names.add(tool.name())) {
                    planned.add(tool);
                }
            }
        }
        if (config.memory().facts()) {
            for (String name : List.of("remember_fact", "forget_fact")) {
                Optional.ofNullable(builtIn.get(name)).ifPresent(tool -> planned.add(planned(tool, false)));
            }
        }
        return planned;
    }

    private List<PlannedTool> plan(ToolChoice choice, Identity caller) {
        return switch (choice.type()) {
            case "builtin" ->
                Optional.ofNullable(builtIn.get(String.valueOf(choice.name())))
                        .map(tool -> List.of(planned(tool, choice.approval())))
                        .orElse(List.of());
            case "mcp" ->
                Optional.ofNullable(choice.serverId())
                        .map(server -> mcp.offered(server, choice.name()).stream()
                                .map(tool -> planned(tool, choice.approval()))
                                .toList())
                        .orElse(List.of());
            default ->
                Optional.ofNullable(choice.agentId())
                        .flatMap(id -> agents.find(caller, id))
                        .map(agent -> List.of(planned(agent, choice.approval())))
                        .orElse(List.of());
        };
    }

    private static PlannedTool planned(Tool tool, boolean approval) {
        return new PlannedTool(
                tool.name(),
                "builtin",
                tool.description(),
                tool.parameters(),
                null,
                null,
                approval,
                tool.hasSideEffects());
    }

    private static PlannedTool planned(Agent agent, boolean approval) {
        return new PlannedTool(
                "agent_" + agent.slug().replace('-', '_'),
                "agent",
                agent.config().name() + ": " + agent.config().description(),
                TASK,
                agent.id(),
                null,
                approval,
                false);
    }

    /** What a server says of side effects is not relied on: no call is made twice. */
    private static PlannedTool planned(OfferedTool tool, boolean approval) {
        return new PlannedTool(
                tool.name(),
                "mcp",
                tool.description(),
                tool.schema(),
                null,
                tool.ref(),
                approval || tool.approval(),
                true);
    }

    @Override
    public void tidy() {
        mcp.tidy();
    }

    @Override
    public void over(UUID run) {
        mcp.over(run);
    }

    @Override
    public ToolOutcome call(PlannedTool tool, ObjectNode arguments, ToolContext context) {
        McpToolRef ref = tool.mcp();
        if (ref != null) {
            return mcp.call(ref, arguments, context);
        }
        Tool found = builtIn.get(tool.name());
        return found == null
                ? ToolOutcome.failed("This engine does not have the tool any more.")
                : found.call(arguments, context);
    }
}
