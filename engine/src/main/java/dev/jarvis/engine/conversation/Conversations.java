package dev.jarvis.engine.conversation;

import dev.jarvis.engine.agent.Agents;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.OpaqueToken;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Conversations of their users, and of nobody else: an administrator reads none of another's. */
public final class Conversations {
    private static final int MAX_TITLE = 200;
    private static final int TITLE_OF_MESSAGE = 60;
    private static final String UNTITLED = "New conversation";
    private static final String SHARE_PREFIX = "share-";

    private final Jdbi jdbi;
    private final Agents agents;

    public Conversations(Jdbi jdbi, Agents agents) {
        this.jdbi = jdbi;
        this.agents = agents;
    }

    Conversation create(Call call) {
        Fields in = Fields.of(call).require("agent_id");
        UUID agent = in.id("agent_id").orElseThrow();
        String title = in.line("title", MAX_TITLE, UNTITLED);
        boolean chosen = in.has("title");
        in.refuseOthers();
        if (agents.find(call.caller(), agent).isEmpty()) {
            throw Refusal.badRequest("invalid_value", "'agent_id' must be an agent that you may use.", "agent_id");
        }
        UUID id = Uuid7.next();
        return jdbi.inTransaction(handle -> {
            ConversationTable.insert(handle, id, call.caller().userId(), agent, title, chosen);
            return ConversationTable.find(handle, id).orElseThrow();
        });
    }

    Page<Conversation> list(ConversationSearch search, PageRequest page) {
        return jdbi.withHandle(handle ->
                Page.of(ConversationTable.list(handle, search, page), ConversationTable.count(handle, search), page));
    }

    /** One of the caller's own. @throws Refusal 404 {@code conversation_not_found} */
    public Conversation own(Identity caller, UUID id) {
        return jdbi.withHandle(handle -> own(handle, caller, id));
    }

    private static Conversation own(Handle handle, Identity caller, UUID id) {
        return ConversationTable.find(handle, id)
                .filter(conversation -> conversation.userId().equals(caller.userId()))
                .orElseThrow(() -> PathIds.notFound("conversation"));
    }

    /** For the transaction: messages are added one after the other. One that was deleted is nobody's to lock. */
    public static void lock(Handle handle, UUID id) {
        ConversationTable.lock(handle, id);
    }

    /** The same, of the caller's own. */
    public static Conversation lockOwn(Handle handle, Identity caller, UUID id) {
        lock(handle, id);
        return own(handle, caller, id);
    }

    /** Names a conversation after its first message, unless it has a name. */
    public static void nameAfter(Handle handle, UUID id, String text) {
        String line = text.strip().lines().findFirst().orElse("").strip();
        if (!line.isEmpty()) {
            int end = line.offsetByCodePoints(0, Math.min(TITLE_OF_MESSAGE, line.codePointCount(0, line.length())));
            ConversationTable.title(handle, id, end < line.length() ? line.substring(0, end) + "…" : line);
        }
    }

    MessagePage messages(Identity caller, UUID id, MessagePage.Wanted wanted) {
        return jdbi.withHandle(handle -> {
            Conversation conversation = own(handle, caller, id);
            Optional<Message> before = Optional.ofNullable(wanted.before())
                    .map(message -> MessageTable.find(handle, id, message)
                            .orElseThrow(() -> Refusal.badRequest(
                                    "invalid_parameter", "'before' must be a message of the conversation.", "before")));
            int most = wanted.size() + 1;
            return MessagePage.of(
                    wanted.inView()
                            ? inView(handle, conversation, before, most)
                            : before.map(message -> MessageListing.older(handle, message, most))
                                    .orElseGet(() -> MessageListing.newest(handle, id, most)),
                    wanted.size());
        });
    }

    private static List<ListedMessage> inView(
            Handle handle, Conversation conversation, Optional<Message> before, int most) {
        UUID from = before.isPresent() ? before.get().parentId() : conversation.headId();
        return from == null ? List.of() : MessageListing.upwards(handle, conversation.id(), from, most);
    }

    Conversation change(Call call, UUID id) {
        Fields in = Fields.of(call);
        return jdbi.inTransaction(handle -> {
            Conversation before = lockOwn(handle, call.caller(), id);
            String title = in.line("title", MAX_TITLE, before.title());
            boolean archived = in.flag("archived", before.archived());
            Optional<UUID> head = head(handle, in, before);
            in.refuseOthers();
            ConversationTable.update(handle, id, title, in.has("title"), archived, head.orElse(null));
            return ConversationTable.find(handle, id).orElseThrow();
        });
    }

    /** The end of the branch to show, named itself or by any message of the branch. */
    private static Optional<UUID> head(Handle handle, Fields in, Conversation before) {
        Optional<UUID> through = in.id("through_id");
        if (through.isPresent()) {
            if (in.has("head_id")) {
                throw Refusal.badRequest(
                        "invalid_value", "Give 'head_id' or 'through_id': both name a branch.", "through_id");
            }
            return Optional.of(MessageTable.newestBelow(handle, before.id(), through.get())
                    .orElseThrow(() -> notOfTheConversation("through_id")));
        }
        Optional<UUID> head = in.id("head_id", Optional.ofNullable(before.headId()));
        if (head.isPresent()
                && MessageTable.find(handle, before.id(), head.get()).isEmpty()) {
            throw notOfTheConversation("head_id");
        }
        return head;
    }

    private static Refusal notOfTheConversation(String field) {
        return Refusal.badRequest("invalid_value", "'" + field + "' must be a message of the conversation.", field);
    }

    void delete(Identity caller, UUID id) {
        jdbi.useTransaction(handle -> {
            lockOwn(handle, caller, id);
            ConversationTable.delete(handle, id);
        });
    }

    /** A new link; an earlier one no longer works. */
    Secret share(Identity caller, UUID id) {
        Secret token = OpaqueToken.generate(SHARE_PREFIX);
        jdbi.useTransaction(handle -> {
            lockOwn(handle, caller, id);
            ConversationTable.share(handle, id, OpaqueToken.hash(token.reveal()));
        });
        return token;
    }

    void unshare(Identity caller, UUID id) {
        jdbi.useTransaction(handle -> {
            lockOwn(handle, caller, id);
            ConversationTable.unshare(handle, id);
        });
    }

    /** What a link shows. */
    record Shared(Conversation conversation, List<Message> branch) {}

    Shared shared(String token) {
        return jdbi.withHandle(handle -> {
            Conversation conversation = ConversationTable.findShared(handle, OpaqueToken.hash(token))
                    .orElseThrow(() -> PathIds.notFound("shared_conversation"));
            return new Shared(conversation, branch(handle, conversation));
        });
    }

    Shared export(Identity caller, UUID id) {
        return jdbi.withHandle(handle -> {
            Conversation conversation = own(handle, caller, id);
            return new Shared(conversation, branch(handle, conversation));
        });
    }

    private static List<Message> branch(Handle handle, Conversation conversation) {
        UUID head = conversation.headId();
        return head == null ? List.of() : MessageTable.branch(handle, conversation.id(), head);
    }
}
