package dev.jarvis.engine.conversation;

import dev.jarvis.engine.attachment.Attachment;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.answer.SecretReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/conversations}; messages are sent to {@link dev.jarvis.engine.run}, because each begins a run. */
public final class ConversationEndpoint {
    private static final int MOST_MESSAGES = 200;

    private final Conversations conversations;

    public ConversationEndpoint(Conversations conversations) {
        this.conversations = conversations;
    }

    /** @param userId is not shown: it is the caller */
    private record View(
            UUID id,
            String title,
            Conversation.@Nullable AgentName agent,
            @Nullable UUID headId,
            boolean archived,
            boolean shared,
            Usage usage,
            Instant createdAt,
            Instant updatedAt) {
        static View of(Conversation conversation) {
            return new View(
                    conversation.id(),
                    conversation.title(),
                    conversation.agent(),
                    conversation.headId(),
                    conversation.archived(),
                    conversation.shared(),
                    conversation.usage(),
                    conversation.createdAt(),
                    conversation.updatedAt());
        }
    }

    /** What others see of a message. @param attachments their names only */
    private record SharedMessage(String role, String text, List<String> attachments, Instant createdAt) {
        static SharedMessage of(Message message) {
            return new SharedMessage(
                    message.role(),
                    message.text(),
                    message.attachments().stream().map(Attachment::name).toList(),
                    message.createdAt());
        }
    }

    private record SharedView(
            String title, @Nullable String agentName, List<SharedMessage> messages, Instant updatedAt) {
        static SharedView of(Conversations.Shared shared) {
            Conversation.AgentName agent = shared.conversation().agent();
            return new SharedView(
                    shared.conversation().title(),
                    agent == null ? null : agent.name(),
                    shared.branch().stream().map(SharedMessage::of).toList(),
                    shared.conversation().updatedAt());
        }
    }

    public void addTo(BlockingEndpoints endpoints) {
        String one = "/api/v1/conversations/{id}";
        endpoints
                .add(HttpMethod.POST, "/api/v1/conversations", Access.USER, this::create)
                .add(HttpMethod.GET, "/api/v1/conversations", Access.USER, this::list)
                .add(HttpMethod.GET, one, Access.USER, this::get)
                .add(HttpMethod.PATCH, one, Access.USER, this::change)
                .add(HttpMethod.DELETE, one, Access.USER, this::delete)
                .add(HttpMethod.GET, one + "/messages", Access.USER, this::messages)
                .add(HttpMethod.GET, one + "/export", Access.USER, this::export)
                .add(HttpMethod.POST, one + "/share", Access.USER, this::share)
                .add(HttpMethod.DELETE, one + "/share", Access.USER, this::unshare)
                .add(HttpMethod.GET, "/api/v1/shared/{token}", Access.PUBLIC, this::shared);
    }

    private Reply create(Call call) {
        return Reply.created(View.of(conversations.create(call)));
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("q", "agent_id", "archived", "page", "page_size"));
        boolean archived = query.choice("archived", List.of("true", "false")).equals(Optional.of("true"));
        Page<Conversation> page = conversations.list(
                new ConversationSearch(
                        call.caller().userId(),
                        archived,
                        query.id("agent_id").orElse(null),
                        query.text("q").orElse(null)),
                PageRequest.of(query));
        return Reply.ok(
                new Page<>(page.data().stream().map(View::of).toList(), page.total(), page.page(), page.pageSize()));
    }

    private Reply get(Call call) {
        return Reply.ok(View.of(conversations.own(call.caller(), idOf(call))));
    }

    private Reply change(Call call) {
        return Reply.ok(View.of(conversations.change(call, idOf(call))));
    }

    private Reply delete(Call call) {
        conversations.delete(call.caller(), idOf(call));
        return Reply.noContent();
    }

    private Reply messages(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("branch", "before", "page_size"));
        return Reply.ok(conversations.messages(
                call.caller(),
                idOf(call),
                new MessagePage.Wanted(
                        query.choice("branch", List.of("all", "in_view")).equals(Optional.of("in_view")),
                        query.id("before").orElse(null),
                        query.integer("page_size", 1, MOST_MESSAGES, MOST_MESSAGES))));
    }

    private Reply export(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("format"));
        String format = query.choice("format", List.of("json", "markdown")).orElse("json");
        Conversations.Shared exported = conversations.export(call.caller(), idOf(call));
        boolean json = format.equals("json");
        byte[] body = json
                ? Reply.ok(SharedView.of(exported)).body()
                : Markdown.of(exported.conversation(), exported.branch()).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", json ? "application/json; charset=utf-8" : "text/markdown; charset=utf-8");
        headers.put("content-disposition", "attachment; filename=\"conversation." + (json ? "json" : "md") + "\"");
        return new Reply(200, Map.copyOf(headers), body);
    }

    private Reply share(Call call) {
        String token = conversations.share(call.caller(), idOf(call)).reveal();
        return SecretReply.of(201, Map.of("token", token, "path", "/api/v1/shared/" + token));
    }

    private Reply unshare(Call call) {
        conversations.unshare(call.caller(), idOf(call));
        return Reply.noContent();
    }

    private Reply shared(Call call) {
        return Reply.ok(SharedView.of(conversations.shared(call.pathParameter("token"))));
    }

    private static UUID idOf(Call call) {
        return PathIds.read(call, "conversation");
    }
}
