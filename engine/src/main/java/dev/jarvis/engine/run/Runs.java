package dev.jarvis.engine.run;

import dev.jarvis.engine.agent.Agent;
import dev.jarvis.engine.agent.Agents;
import dev.jarvis.engine.agent.RunLimits;
import dev.jarvis.engine.attachment.Attachment;
import dev.jarvis.engine.attachment.AttachmentLimits;
import dev.jarvis.engine.attachment.AttachmentTable;
import dev.jarvis.engine.conversation.Conversation;
import dev.jarvis.engine.conversation.Conversations;
import dev.jarvis.engine.conversation.Message;
import dev.jarvis.engine.conversation.MessageTable;
import dev.jarvis.engine.conversation.SummaryTable;
import dev.jarvis.engine.credential.Delegated;
import dev.jarvis.engine.credential.Delegations;
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.model.ModelDirectory;
import dev.jarvis.engine.model.ModelFacts;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Begins runs, stops them, and lets them go on when a person has decided. */
final class Runs {
    static final RunLimits NO_LIMITS = new RunLimits(Integer.MAX_VALUE, Long.MAX_VALUE, null, Integer.MAX_VALUE);
    private static final int MAX_TEXT = 200_000;
    private static final int MAX_VALUE = 10_000;
    private static final int MOST_AGENTS = 50;

    private final Jdbi jdbi;
    private final Agents agents;
    private final Conversations conversations;
    private final Planner planner;
    private final Delegations delegations;
    private final ModelDirectory directory;
    private final EngineKey key;
    private final RunWorker worker;

    Runs(
            Jdbi jdbi,
            Agents agents,
            Conversations conversations,
            Planner planner,
            Delegations delegations,
            ModelDirectory directory,
            EngineKey key,
            RunWorker worker) {
        this.jdbi = jdbi;
        this.agents = agents;
        this.conversations = conversations;
        this.planner = planner;
        this.delegations = delegations;
        this.directory = directory;
        this.key = key;
        this.worker = worker;
    }

    record Sent(Message message, Views.RunView run) {}

    /** A new message, and the run that answers it. */
    Sent send(Call call, UUID conversationId) {
        Fields in = Fields.of(call).require("text");
        String text = in.paragraph("text", MAX_TEXT, "");
        boolean placed = in.has("parent_id");
        Optional<UUID> parent = in.id("parent_id", Optional.empty());
        List<UUID> attachments = attachments(in);
        Map<String, String> variables = variables(in);
        in.refuseOthers();
        if (text.isBlank() && attachments.isEmpty()) {
            throw Refusal.badRequest("invalid_length", "'text' must not be empty.", "text");
        }
        Conversation conversation = conversations.own(call.caller(), conversationId);
        Agent agent = agentOf(call.caller(), conversation);
        Delegated credential = delegate(call, agent);
        Optional<ModelFacts> facts = factsOf(agent, credential);
        UUID messageId = Uuid7.next();
        UUID runId = Uuid7.next();
        return begin(
                runId,
                () -> jdbi.inTransaction(handle -> {
                    Conversation now = Conversations.lockOwn(handle, call.caller(), conversationId);
                    UUID above = placed ? parent.orElse(null) : now.headId();
                    requireParent(handle, conversationId, above);
                    requireIdle(handle, conversationId);
                    attach(handle, call.caller(), conversationId, attachments);
                    Conversations.nameAfter(
                            handle, conversationId, text.isBlank() ? nameOf(handle, call, attachments) : text);
                    MessageTable.insert(handle, messageId, conversationId, above, "user", text, "", attachments, null);
                    Message message =
                            MessageTable.find(handle, conversationId, messageId).orElseThrow();
                    requireReadable(message, agent, facts);
                    RunRow run = insert(handle, call.caller(), agent, message, runId, variables, credential, facts);
                    return new Sent(message, Views.RunView.of(run, Views.usage(List.of())));
                }));
    }

    /** Another answer to a message that is there. */
    Sent retry(Call call, UUID conversationId) {
        Fields in = Fields.of(call).require("message_id");
        UUID messageId = in.id("message_id").orElseThrow();
        Map<String, String> variables = variables(in);
        in.refuseOthers();
        Conversation conversation = conversations.own(call.caller(), conversationId);
        Agent agent = agentOf(call.caller(), conversation);
        Delegated credential = delegate(call, agent);
        Optional<ModelFacts> facts = factsOf(agent, credential);
        UUID runId = Uuid7.next();
        return begin(
                runId,
                () -> jdbi.inTransaction(handle -> {
                    Conversations.lockOwn(handle, call.caller(), conversationId);
                    Message message = MessageTable.find(handle, conversationId, messageId)
                            .filter(found -> found.role().equals("user"))
                            .orElseThrow(() -> Refusal.badRequest(
                                    "invalid_value",
                                    "'message_id' must be a user's message of the conversation.",
                                    "message_id"));
                    requireIdle(handle, conversationId);
                    requireReadable(message, agent, facts);
                    RunRow run = insert(handle, call.caller(), agent, message, runId, variables, credential, facts);
                    return new Sent(message, Views.RunView.of(run, Views.usage(List.of())));
                }));
    }

    /** A run of no conversation, for callers from outside. */
    UUID beginOutside(Call call, Agent agent, List<ObjectNode> messages) {
        Delegated credential = delegate(call, agent);
        Optional<ModelFacts> facts = factsOf(agent, credential);
        UUID runId = Uuid7.next();
        return begin(
                runId,
                () -> jdbi.inTransaction(handle -> {
                    Plan plan = planner.plan(agent, call.caller(), Map.of(), Past.of(messages), facts, NO_LIMITS, 0)
                            .withoutApprovals();
                    store(handle, call.caller(), agent, null, null, runId, plan, credential);
                    return runId;
                }));
    }

    /** The worker keeps a place for the run before it is stored, so that a full engine refuses before anything happens. */
    private <T> T begin(UUID runId, Supplier<T> storing) {
        if (!worker.reserve(runId)) {
            throw Refusal.unavailable(
                    "engine_busy", "This engine is working on as many runs as it can. Try again in a moment.");
        }
        T stored;
        try {
            stored = storing.get();
        } catch (RuntimeException e) {
            worker.giveBack(runId);
            throw e;
        }
        worker.start(runId);
        return stored;
    }

    private RunRow insert(
            Handle handle,
            Identity caller,
            Agent agent,
            Message message,
            UUID runId,
            Map<String, String> variables,
            Delegated credential,
            Optional<ModelFacts> facts) {
        Past past = past(handle, agent, message, facts.map(ModelFacts::vision).orElse(true));
        Plan plan = planner.plan(agent, caller, variables, past, facts, NO_LIMITS, 0);
        store(handle, caller, agent, message.conversationId(), message.id(), runId, plan, credential);
        return RunTable.find(handle, runId).orElseThrow();
    }

    private static Past past(Handle handle, Agent agent, Message message, boolean vision) {
        List<Message> branch = MessageTable.branch(handle, message.conversationId(), message.id());
        List<ObjectNode> history = BranchHistory.of(branch, vision);
        if (!agent.config().memory().summarizes()) {
            return Past.of(history);
        }
        List<UUID> ids = branch.stream().map(Message::id).toList();
        return new SummarizedPast(branch, history, SummaryTable.ofBranch(handle, message.conversationId(), ids));
    }

    private void store(
            Handle handle,
            Identity caller,
            Agent agent,
            @Nullable UUID conversation,
            @Nullable UUID message,
            UUID runId,
            Plan plan,
            Delegated credential) {
        RunTable.insert(
                handle,
                new RunTable.New(
                        runId,
                        caller.userId(),
                        conversation,
                        message,
                        null,
                        runId,
                        agent.id(),
                        agent.version(),
                        agent.config().name(),
                        plan,
                        key.seal(credential.token(), runId),
                        key.id(),
                        credential.expiresAt()),
                worker.id(),
                worker.lease());
    }

    private Agent agentOf(Identity caller, Conversation conversation) {
        return Optional.ofNullable(conversation.agent())
                .flatMap(name -> agents.find(caller, name.id()))
                .orElseThrow(() -> Refusal.conflict(
                        "agent_gone",
                        "The conversation's agent was deleted, or is no longer yours to use. Begin a new conversation.",
                        null));
    }

    /** For the models of the agent, and of the agents that it may call. */
    private Delegated delegate(Call call, Agent agent) {
        Set<String> models = new LinkedHashSet<>();
        collect(call.caller(), agent, models, new LinkedHashSet<>());
        return delegations.delegate(call, "agent:" + agent.id(), new ArrayList<>(models));
    }

    private void collect(Identity caller, Agent agent, Set<String> models, Set<UUID> seen) {
        if (seen.size() < MOST_AGENTS && seen.add(agent.id())) {
            models.add(agent.config().model().modelId());
            agent.config().tools().stream()
                    .flatMap(tool -> Optional.ofNullable(tool.agentId()).stream())
                    .flatMap(id -> agents.find(caller, id).stream())
                    .forEach(other -> collect(caller, other, models, seen));
        }
    }

    private Optional<ModelFacts> factsOf(Agent agent, Delegated credential) {
        return directory.find(credential.token(), agent.config().model().modelId());
    }

    private static void attach(Handle handle, Identity caller, UUID conversation, List<UUID> attachments) {
        if (!AttachmentTable.attach(handle, caller.userId(), conversation, attachments)) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'attachment_ids' must be files that you uploaded, and that are in no other conversation.",
                    "attachment_ids");
        }
    }

    /** Names a conversation that begins with a file and no words. */
    private static String nameOf(Handle handle, Call call, List<UUID> attachments) {
        return AttachmentTable.find(handle, call.caller().userId(), attachments.getFirst())
                .map(Attachment::name)
                .orElse("");
    }

    private static void requireReadable(Message message, Agent agent, Optional<ModelFacts> facts) {
        List<Attachment> images =
                message.attachments().stream().filter(Attachment::showsPicture).toList();
        if (!images.isEmpty() && facts.isPresent() && !facts.get().vision()) {
            throw Refusal.badRequest(
                    "model_without_vision",
                    "The agent's model " + agent.config().model().modelId()
                            + " reads no images. Leave them out, or choose a model with vision for the agent.",
                    "attachment_ids");
        }
        if (images.stream().mapToLong(Attachment::size).sum() > AttachmentLimits.IMAGES_A_REQUEST) {
            throw Refusal.badRequest(
                    "invalid_length",
                    "The images of a message may take " + (AttachmentLimits.IMAGES_A_REQUEST >> 20)
                            + " MiB together. Send some of them with another message.",
                    "attachment_ids");
        }
    }

    private static List<UUID> attachments(Fields in) {
        return in
                .lines("attachment_ids", AttachmentLimits.A_MESSAGE, 36, Optional.of(List.of()))
                .orElse(List.of())
                .stream()
                .map(id -> Uuids.canonical(id)
                        .orElseThrow(() -> Refusal.badRequest(
                                "invalid_value", "'attachment_ids' must be ids of files.", "attachment_ids")))
                .toList();
    }

    private static void requireParent(Handle handle, UUID conversation, @Nullable UUID parent) {
        if (parent != null && MessageTable.find(handle, conversation, parent).isEmpty()) {
            throw Refusal.badRequest(
                    "invalid_value", "'parent_id' must be a message of the conversation.", "parent_id");
        }
    }

    private static void requireIdle(Handle handle, UUID conversation) {
        if (RunTable.isBusy(handle, conversation)) {
            throw Refusal.conflict(
                    "run_in_progress",
                    "The conversation's last message is still being answered. Wait, or stop it.",
                    null);
        }
    }

    private static Map<String, String> variables(Fields in) {
        Map<String, String> variables = new HashMap<>();
        in.objects("variables", MOST_AGENTS).ifPresent(items -> {
            for (Fields item : items) {
                item.require("name", "value");
                variables.put(item.line("name", 100, ""), item.paragraph("value", MAX_VALUE, ""));
                item.refuseOthers();
            }
        });
        return variables;
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
            List<StepRow> steps = StepTable.list(handle, id);
            List<StepRow> all = new ArrayList<>(steps);
            List<Views.RunView> children = new ArrayList<>();
            List<Views.Approval> approvals = new ArrayList<>(approvals(steps));
            for (StepRow step : steps) {
                UUID child = step.childRunId();
                if (child != null) {
                    RunTable.find(handle, child).ifPresent(found -> {
                        List<StepRow> below = StepTable.list(handle, child);
                        all.addAll(below);
                        approvals.addAll(approvals(below));
                        children.add(Views.RunView.of(found, Views.usage(below)));
                    });
                }
            }
            return new Views.Inspection(
                    Views.RunView.of(run, Views.usage(all)),
                    Views.OlderView.of(run.plan(), steps),
                    steps.stream().map(Views.StepView::of).toList(),
                    approvals,
                    children);
        });
    }

    private static List<Views.Approval> approvals(List<StepRow> steps) {
        return steps.stream()
                .filter(step -> step.status().equals("waiting"))
                .map(step -> new Views.Approval(step.runId(), String.valueOf(step.callId()), step.name(), step.input()))
                .toList();
    }

    List<Views.RunView> ofConversation(Identity caller, UUID conversation) {
        conversations.own(caller, conversation);
        return jdbi.withHandle(handle -> RunTable.ofConversation(handle, conversation).stream()
                .map(run -> Views.RunView.of(run, Views.usage(StepTable.list(handle, run.id()))))
                .toList());
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
        Delegated credential = delegate(call, agent);
        jdbi.useTransaction(handle -> {
            RunRow root = RunTable.lock(handle, run.rootRunId()).orElseThrow(() -> PathIds.notFound("run"));
            if (!root.status().equals("waiting") || !StepTable.decide(handle, id, callId, approve)) {
                throw Refusal.conflict("not_waiting", "The run does not wait for this call to be allowed.", null);
            }
            worker.announcements().decision(handle, id, callId, approve);
            RunTable.resume(
                    handle, root.id(), key.seal(credential.token(), root.id()), key.id(), credential.expiresAt());
        });
        worker.look();
        return inspect(call.caller(), id).run();
    }
}
