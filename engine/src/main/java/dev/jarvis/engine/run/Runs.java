package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.conversation.Conversations;
import dev.jarvis.engine.credential.Delegated;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Jdbi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows runs to their users, stops them, and lets them go on when a person has decided. */
final class Runs {
    private final Jdbi jdbi;
    private final Agents agents;
    private final Conversations conversations;
    private final Lending lending;
    private final EngineKey key;
    private final RunWorker worker;

    Runs(Jdbi jdbi, Agents agents, Conversations conversations, Lending lending, EngineKey key, RunWorker worker) {
        this.jdbi = jdbi;
        this.agents = agents;
        this.conversations = conversations;
        this.lending = lending;
        this.key = key;
        this.worker = worker;
    }

    /** One of the caller's own. */
    RunRow own(Identity caller, UUID id) {
        return jdbi.withHandle(handle -> RunTable.find(handle, id))
                .filter(run -> run.userId().equals(caller.userId()))
                .orElseThrow(() -> PathIds.notFound("run"));
    }

    Views.Inspection inspect(Identity caller, UUID id) {
        RunRow run = own(caller, id);
        return jdbi.withHandle(handle -> {
            Map<UUID, List<StepRow>> tree =
                    StepTable.ofTree(handle, run.rootRunId()).stream().collect(Collectors.groupingBy(StepRow::runId));
            List<StepRow> steps = tree.getOrDefault(id, List.of());
            List<StepRow> all = withBelow(tree, id).toList();
            List<Views.RunView> children = steps.stream()
                    .flatMap(step -> Optional.ofNullable(step.childRunId()).stream())
                    .flatMap(child -> RunTable.find(handle, child).stream())
                    .map(child -> Views.RunView.of(
                            child, Views.usage(withBelow(tree, child.id()).toList())))
                    .toList();
            return new Views.Inspection(
                    Views.RunView.of(run, Views.usage(all)),
                    Views.OlderView.of(run.plan(), steps),
                    steps.stream().map(Views.StepView::of).toList(),
                    approvals(all),
                    children);
        });
    }

    /** The steps of a run and of all that it began, however deep. */
    private static Stream<StepRow> withBelow(Map<UUID, List<StepRow>> tree, UUID run) {
        return tree.getOrDefault(run, List.of()).stream().flatMap(step -> {
            UUID child = step.childRunId();
            return child == null ? Stream.of(step) : Stream.concat(Stream.of(step), withBelow(tree, child));
        });
    }

    private static List<Views.Approval> approvals(List<StepRow> steps) {
        return steps.stream()
                .filter(step -> step.status().equals("waiting"))
                .map(step -> new Views.Approval(step.runId(), String.valueOf(step.callId()), step.name(), step.input()))
                .toList();
    }

    Page<Views.ListedRun> ofConversation(Identity caller, UUID conversation, PageRequest page) {
        conversations.own(caller, conversation);
        return jdbi.withHandle(handle -> RunListing.ofConversation(handle, conversation, page));
    }

    /** Stops a run, wherever it is worked on; a run that is over stays as it is. */
    Views.RunView cancel(Identity caller, UUID id) {
        RunRow run = own(caller, id);
        UUID root = run.rootRunId();
        jdbi.useTransaction(handle -> {
            RunRow now = RunTable.lock(handle, root).orElseThrow(() -> PathIds.notFound("run"));
            if (!now.isOver()) {
                RunTable.cancel(handle, root);
                if (!now.status().equals("running")) {
                    RunTable.endCancelled(handle, root, "The run was stopped by its user.");
                    worker.announcements().end(handle, root, "run_cancelled", "The run was stopped by its user.");
                }
            }
        });
        worker.cancel(root);
        return inspect(caller, id).run();
    }

    /** Allows or declines a call that a run waits with; it then goes on with what this caller lends it. */
    Views.RunView decide(Call call, UUID id, String callId) {
        Fields in = Fields.of(call).require("approve");
        boolean approve = in.flag("approve", false);
        in.refuseOthers();
        RunRow run = own(call.caller(), id);
        Agent agent = Optional.ofNullable(jdbi.withHandle(handle -> RunTable.find(handle, run.rootRunId()))
                        .orElseThrow(() -> PathIds.notFound("run"))
                        .agentId())
                .flatMap(agentId -> agents.find(call.caller(), agentId))
                .orElseThrow(() -> Refusal.conflict("agent_gone", "The run's agent was deleted.", null));
        Delegated credential = lending.lend(call, agent);
        jdbi.useTransaction(handle -> {
            RunRow root = RunTable.lock(handle, run.rootRunId()).orElseThrow(() -> PathIds.notFound("run"));
            if (!root.status().equals("waiting") || !StepTable.decide(handle, id, callId, approve)) {
                throw Refusal.conflict("not_waiting", "The run does not wait for this call to be allowed.", null);
            }
            worker.announcements().decision(handle, root.id(), id, callId, approve);
            RunTable.resume(
                    handle, root.id(), key.seal(credential.token(), root.id()), key.id(), credential.expiresAt());
        });
        worker.look();
        return inspect(call.caller(), id).run();
    }
}
