package dev.jarvis.engine.memory;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.util.Map;
import java.util.Set;

/** {@code /api/v1/facts}: what agents keep about the caller. */
public final class FactEndpoint {
    private final Facts facts;

    public FactEndpoint(Facts facts) {
        this.facts = facts;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/facts", Access.USER, this::list)
                .add(HttpMethod.DELETE, "/api/v1/facts", Access.USER, this::deleteAll)
                .add(HttpMethod.DELETE, "/api/v1/facts/{id}", Access.USER, this::delete);
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("agent_id"));
        return Reply.ok(Map.of(
                "data", facts.list(call.caller().userId(), query.id("agent_id").orElse(null))));
    }

    private Reply deleteAll(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("agent_id"));
        facts.deleteAll(call.caller().userId(), query.id("agent_id").orElse(null));
        return Reply.noContent();
    }

    private Reply delete(Call call) {
        if (!facts.delete(call.caller().userId(), null, PathIds.read(call, "fact"))) {
            throw PathIds.notFound("fact");
        }
        return Reply.noContent();
    }
}
