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
import dev.jarvis.engine.credential.EngineKey;
import dev.jarvis.engine.model.ModelDirectory;
import dev.jarvis.engine.model.ModelFacts;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.Fields;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Begins runs: for a message, for another answer to one, and for callers from outside. */
final class NewRuns {
    private static final RunLimits NO_LIMITS =
            new RunLimits(Integer.MAX_VALUE, Long.MAX_VALUE, null, Integer.MAX_VALUE);

    private final Jdbi jdbi;
    private final Agents agents;
    private final Conversations conversations;
    private final Planner planner;
    private final Lending lending;
    private final ModelDirectory directory;
    private final EngineKey key;
    private final RunWorker worker;

    NewRuns(
            Jdbi jdbi,
            Agents agents,
            Conversations conversations,
            Planner planner,
            Lending lending,
            ModelDirectory directory,
            EngineKey key,
            RunWorker worker) {
        this.jdbi = jdbi;
        this.agents = agents;
        this.conversations = conversations;
        this.planner = planner;
        this.lending = lending;
        this.directory = directory;
        this.key = key;
        this.worker = worker;
    }

    record Sent(Message message, Views.RunView run) {}

    /** What a run begins with. @param facts about its model; empty: nobody knows */
    private record Start(UUID run, Identity caller, Agent agent, Delegated credential, Optional<ModelFacts> facts) {
        boolean vision() {
            return facts.map(ModelFacts::vision).orElse(true);
        }
    }

    /** A new message, and the run that answers it. */
    Sent send(Call call, UUID conversationId) {
        MessageFields fields = MessageFields.of(call);
        String text = fields.text();
        List<UUID> attachments = fields.attachments();
        UUID messageId = Uuid7.next();
        return begin(call, agentOf(call, conversationId), (handle, start) -> {
            Conversation now = Conversations.lockOwn(handle, call.caller(), conversationId);
            UUID above = fields.placed() ? fields.parent().orElse(null) : now.headId();
            requireParent(handle, conversationId, above);
            requireIdle(handle, conversationId);
            attach(handle, call.caller(), conversationId, attachments);
            Conversations.nameAfter(handle, conversationId, text.isBlank() ? nameOf(handle, call, attachments) : text);
            MessageTable.insert(handle, messageId, conversationId, above, "user", text, "", attachments, null);
            Message message =
                    MessageTable.find(handle, conversationId, messageId).orElseThrow();
            return answer(handle, start, message, fields.variables());
        });
    }

    /** Another answer to a message that is there. */
    Sent retry(Call call, UUID conversationId) {
        Fields in = Fields.of(call).require("message_id");
        UUID messageId = in.id("message_id").orElseThrow();
        Map<String, String> variables = MessageFields.variables(in);
        in.refuseOthers();
        return begin(call, agentOf(call, conversationId), (handle, start) -> {
            Conversations.lockOwn(handle, call.caller(), conversationId);
            Message message = MessageTable.find(handle, conversationId, messageId)
                    .filter(found -> found.role().equals("user"))
                    .orElseThrow(() -> Refusal.badRequest(
                            "invalid_value",
                            "'message_id' must be a user's message of the conversation.",
                            "message_id"));
            requireIdle(handle, conversationId);
            return answer(handle, start, message, variables);
        });
    }

    /** A run of no conversation, for callers from outside. */
    UUID beginOutside(Call call, Agent agent, List<ObjectNode> messages) {
        return begin(call, agent, (handle, start) -> {
            store(handle, start, plan(start, Map.of(), Past.of(messages)).withoutApprovals(), null, null);
            return start.run();
        });
    }

    /** What is stored when a run begins, in one transaction. */
    @FunctionalInterface
    private interface Storing<T> {
        T store(Handle handle, Start start);
    }

    /** The worker keeps a place for the run before it is stored, so that a full engine refuses before anything happens. */
    private <T> T begin(Call call, Agent agent, Storing<T> storing) {
        Delegated credential = lending.lend(call, agent);
        Start start = new Start(
                Uuid7.next(),
                call.caller(),
                agent,
                credential,
                directory.find(credential.token(), agent.config().model().modelId()));
        if (!worker.reserve(start.run())) {
            throw Refusal.unavailable(
                    "engine_busy", "This engine is working on as many runs as it can. Try again in a moment.");
        }
        T stored;
        try {
            stored = jdbi.inTransaction(handle -> storing.store(handle, start));
        } catch (RuntimeException e) {
            worker.giveBack(start.run());
            throw e;
        }
        worker.start(start.run());
        return stored;
    }

    private Sent answer(Handle handle, Start start, Message message, Map<String, String> variables) {
        requireReadable(message, start);
        Plan plan = plan(start, variables, past(handle, start.agent(), message, start.vision()));
        store(handle, start, plan, message.conversationId(), message.id());
        RunRow run = RunTable.find(handle, start.run()).orElseThrow();
        return new Sent(message, Views.RunView.of(run, Views.usage(List.of())));
    }

    private Plan plan(Start start, Map<String, String> variables, Past past) {
        return planner.plan(start.agent(), start.caller(), variables, past, start.facts(), NO_LIMITS, 0);
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

    private void store(Handle handle, Start start, Plan plan, @Nullable UUID conversation, @Nullable UUID message) {
        Agent agent = start.agent();
        RunTable.insert(
                handle,
                new RunTable.New(
                        start.run(),
                        start.caller().userId(),
                        conversation,
                        message,
                        null,
                        start.run(),
                        agent.id(),
                        agent.version(),
                        agent.config().name(),
                        plan,
                        key.seal(start.credential().token(), start.run()),
                        key.id(),
                        start.credential().expiresAt()),
                worker.id(),
                worker.lease());
    }

    private Agent agentOf(Call call, UUID conversation) {
        return Optional.ofNullable(
                        conversations.own(call.caller(), conversation).agent())
                .flatMap(name -> agents.find(call.caller(), name.id()))
                .orElseThrow(() -> Refusal.conflict(
                        "agent_gone",
                        "The conversation's agent was deleted, or is no longer yours to use. Begin a new conversation.",
                        null));
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

    private static void requireReadable(Message message, Start start) {
        List<Attachment> images =
                message.attachments().stream().filter(Attachment::showsPicture).toList();
        if (!images.isEmpty() && !start.vision()) {
            throw Refusal.badRequest(
                    "model_without_vision",
                    "The agent's model " + start.agent().config().model().modelId()
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
}
