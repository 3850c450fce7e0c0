package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.agent.ToolChoice;
import dev.jarvis.engine.conversation.Conversations;
import dev.jarvis.engine.credential.Delegations;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.mcp.McpTools;
import dev.jarvis.engine.memory.Facts;
import dev.jarvis.engine.model.ModelClient;
import dev.jarvis.engine.model.ModelDirectory;
import dev.jarvis.engine.tool.Tool;
import dev.jarvis.platform.http.BlockingEndpoints;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.util.List;

/** Everything about runs, wired. */
public final class RunRoom implements AutoCloseable {
    private final EventHub hub = new EventHub();
    private final RunWorker worker;
    private final RunEndpoint endpoint;
    private final ToolEndpoint tools;
    private final OutsideRuns outside;

    /**
     * @param lease how long an engine that died keeps its runs
     * @param most runs at a time
     */
    public RunRoom(
            Jdbi jdbi,
            Agents agents,
            Conversations conversations,
            ModelClient models,
            ModelDirectory directory,
            Delegations delegations,
            EngineKey key,
            List<Tool> tools,
            McpTools mcp,
            Facts facts,
            Duration lease,
            int most) {
        ToolSet toolbox = new ToolSet(tools, agents, mcp);
        Planner planner = new Planner(
                toolbox,
                (agent, caller) ->
                        agent.config().memory().facts() ? facts.remembered(caller.userId(), agent.id()) : "");
        this.worker =
                new RunWorker(jdbi, agents, key, lease, most, hub, models, new AttachedFiles(jdbi), toolbox, planner);
        Lending lending = new Lending(agents, delegations);
        NewRuns beginning = new NewRuns(jdbi, agents, conversations, planner, lending, directory, key, worker);
        Runs runs = new Runs(jdbi, agents, conversations, lending, key, worker);
        this.endpoint = new RunEndpoint(jdbi, beginning, runs, hub);
        this.tools = new ToolEndpoint(
                tools.stream()
                        .filter(tool -> ToolChoice.BUILT_IN.contains(tool.name()))
                        .toList(),
                mcp);
        this.outside = new OutsideRuns(jdbi, beginning, runs, hub);
    }

    /** Runs for those who call an agent as a model. */
    public OutsideRuns outside() {
        return outside;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoint.addTo(endpoints);
        tools.addTo(endpoints);
    }

    /** Begins to work, now that models can be reached. */
    public void open() {
        worker.open();
    }

    /** Those who watch go home, and runs stop at their next step. */
    @Override
    public void close() {
        hub.close();
        worker.close();
    }
}
