package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs of agents that other agents call as tools: runs of their own, under the same root, limits and lease. */
final class RunsBelow {
    private static final int MOST_DEPTH = 3;

    private final Jdbi jdbi;
    private final Agents agents;
    private final Planner planner;
    private final String keyId;
    private final Duration lease;
    private final UUID engine;

    RunsBelow(Jdbi jdbi, Agents agents, Planner planner, String keyId, Duration lease, UUID engine) {
        this.jdbi = jdbi;
        this.agents = agents;
        this.planner = planner;
        this.keyId = keyId;
        this.lease = lease;
        this.engine = engine;
    }

    /** How the run ended, if it need not be worked on: it is over, or may not begin. */
    Optional<End> end(RunRow parent, UUID child) {
        if (parent.plan().depth() >= MOST_DEPTH) {
            return Optional.of(
                    End.failed("agents_too_deep", "Agents call one another " + MOST_DEPTH + " deep at most."));
        }
        return find(child).filter(RunRow::isOver).map(this::ofEnded);
    }

    /** The run: as it was left before a crash, or a new one. */
    RunRow take(RunRow parent, UUID child, PlannedTool tool, ObjectNode arguments) {
        return find(child).orElseGet(() -> insert(parent, child, tool, arguments));
    }

    private Optional<RunRow> find(UUID child) {
        return jdbi.withHandle(handle -> RunTable.find(handle, child));
    }

    private End ofEnded(RunRow run) {
        if (run.status().equals("done")) {
            List<StepRow> steps = jdbi.withHandle(handle -> StepTable.list(handle, run.id()));
            return End.done(Transcript.lastAnswer(steps).map(Transcript::text).orElse(""));
        }
        return End.failed(String.valueOf(run.endCode()), String.valueOf(run.endMessage()));
    }

    /** Whether the root was called from outside: nobody is there to allow a call, here as little as there. */
    private boolean isOutside(RunRow parent) {
        return find(parent.rootRunId()).map(RunRow::conversationId).isEmpty();
    }

    private RunRow insert(RunRow parent, UUID child, PlannedTool tool, ObjectNode arguments) {
        // Whether the user may use the agent was asked when the parent's plan was made.
        Identity user = new Identity(
                parent.userId(),
                "",
                Role.USER,
                Identity.DEFAULT_TEAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX);
        Agent agent = agents.findForRun(Optional.ofNullable(tool.agentId()).orElseThrow())
                .orElseThrow(() -> new IllegalStateException("the agent was deleted meanwhile"));
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("role", "user")
                .put("content", arguments.path("task").asString(""));
        Plan planned = planner.plan(
                agent,
                user,
                Map.of(),
                Past.of(List.of(message)),
                Optional.empty(),
                parent.plan().limits(),
                parent.plan().depth() + 1);
        Plan plan = isOutside(parent) ? planned.withoutApprovals() : planned;
        return jdbi.inTransaction(handle -> {
            new Lease(parent.rootRunId(), engine).hold(handle);
            RunTable.insert(
                    handle,
                    new RunTable.New(
                            child,
                            parent.userId(),
                            null,
                            null,
                            parent.id(),
                            parent.rootRunId(),
                            agent.id(),
                            agent.version(),
                            agent.config().name(),
                            plan,
                            null,
                            keyId,
                            parent.expiresAt()),
                    null,
                    lease);
            RunTable.begin(handle, child, plan.limits().maxSeconds());
            return RunTable.find(handle, child).orElseThrow();
        });
    }
}
