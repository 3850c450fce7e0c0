package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.AgentConfig;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import dev.jarvis.platform.identity.Identity;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.UUID;

/** The tools of agents: planned when a run begins, called while it goes on. */
interface Toolbox {
    /** What an agent's run may call, with everything that a model must know of it. */
    List<PlannedTool> plan(AgentConfig config, Identity caller);

    /** This engine has left a run: what was kept for it can go. */
    void over(UUID run);

    /** What was kept for runs that wait for a person goes too, after a while. */
    void tidy();

    /** @param arguments valid by the tool's schema */
    ToolOutcome call(PlannedTool tool, ObjectNode arguments, ToolContext context);
}
