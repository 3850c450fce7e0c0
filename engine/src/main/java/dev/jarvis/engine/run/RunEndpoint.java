package dev.jarvis.engine.run;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/runs}, and the messages that begin them. */
final class RunEndpoint {
    private final Jdbi jdbi;
    private final NewRuns beginning;
    private final Runs runs;
    private final EventHub hub;

    RunEndpoint(Jdbi jdbi, NewRuns beginning, Runs runs, EventHub hub) {
        this.jdbi = jdbi;
        this.beginning = beginning;
        this.runs = runs;
        this.hub = hub;
    }

    void addTo(BlockingEndpoints endpoints) {
        String one = "/api/v1/runs/{id}";
        String conversation = "/api/v1/conversations/{id}";
        endpoints
                .add(HttpMethod.POST, conversation + "/messages", Access.USER, this::send)
                .add(HttpMethod.GET, conversation + "/runs", Access.USER, this::ofConversation)
                .add(HttpMethod.POST, conversation + "/runs", Access.USER, this::retry)
                .add(HttpMethod.GET, one, Access.USER, this::inspect)
                .add(HttpMethod.GET, one + "/events", Access.USER, this::events)
                .add(HttpMethod.POST, one + "/cancel", Access.USER, this::cancel)
                .add(HttpMethod.POST, one + "/approvals/{call_id}", Access.USER, this::decide);
    }

    private Reply send(Call call) {
        return Reply.json(202, beginning.send(call, PathIds.read(call, "conversation")));
    }

    private Reply retry(Call call) {
        return Reply.json(202, beginning.retry(call, PathIds.read(call, "conversation")));
    }

    private Reply ofConversation(Call call) {
        UUID conversation = PathIds.read(call, "conversation");
        PageRequest page = PageRequest.of(new QueryParameters(call, Set.of("page", "page_size")));
        return Reply.ok(runs.ofConversation(call.caller(), conversation, page));
    }

    private Reply inspect(Call call) {
        return Reply.ok(runs.inspect(call.caller(), PathIds.read(call, "run")));
    }

    private Reply cancel(Call call) {
        return Reply.ok(runs.cancel(call.caller(), PathIds.read(call, "run")));
    }

    private Reply decide(Call call) {
        return Reply.ok(runs.decide(call, PathIds.read(call, "run"), call.pathParameter("call_id")));
    }

    private Reply events(Call call) {
        UUID id = PathIds.read(call, "run");
        QueryParameters query = new QueryParameters(call, Set.of("after"));
        int after = lastEventId(call).orElseGet(() -> query.integer("after", 0, 999_999_999, 0));
        runs.own(call.caller(), id);
        return new Reply(
                200,
                Map.of("content-type", "text/event-stream", "x-accel-buffering", "no"),
                new byte[0],
                Optional.of(new EventStream(jdbi, hub, id, after)));
    }

    /** What a browser sends when it comes back. */
    private static Optional<Integer> lastEventId(Call call) {
        Optional<String> header = Optional.ofNullable(call.headers().get("last-event-id"));
        if (header.isPresent() && !header.get().matches("[0-9]{1,9}")) {
            throw Refusal.badRequest(
                    "invalid_parameter", "'Last-Event-ID' must be the id of an event.", "last-event-id");
        }
        return header.map(Integer::parseInt);
    }
}
