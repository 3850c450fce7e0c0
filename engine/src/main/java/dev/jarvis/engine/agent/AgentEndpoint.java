package dev.jarvis.engine.agent;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.answer.TaggedReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/agents}. */
public final class AgentEndpoint {
    private static final int MOST_VERSIONS = 1_000_000;

    private final Agents agents;

    public AgentEndpoint(Agents agents) {
        this.agents = agents;
    }

    public void addTo(BlockingEndpoints endpoints) {
        String one = "/api/v1/agents/{id}";
        endpoints
                .add(HttpMethod.POST, "/api/v1/agents", Access.USER, this::create)
                .add(HttpMethod.GET, "/api/v1/agents", Access.USER, this::list)
                .add(HttpMethod.POST, "/api/v1/agents/import", Access.USER, this::importFile)
                .add(HttpMethod.GET, "/api/v1/agent-examples", Access.USER, this::examples)
                .add(HttpMethod.GET, one, Access.USER, this::get)
                .add(HttpMethod.PUT, one, Access.USER, this::change)
                .add(HttpMethod.DELETE, one, Access.USER, this::delete)
                .add(HttpMethod.GET, one + "/export", Access.USER, this::export)
                .add(HttpMethod.GET, one + "/versions", Access.USER, this::versions)
                .add(HttpMethod.GET, one + "/versions/{version}", Access.USER, this::version)
                .add(HttpMethod.GET, one + "/versions/{version}/diff", Access.USER, this::diff)
                .add(HttpMethod.POST, one + "/versions/{version}/restore", Access.USER, this::restore);
    }

    private Reply create(Call call) {
        return tagged(201, call, agents.create(call));
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("q", "all", "page", "page_size"));
        boolean all = query.choice("all", List.of("true", "false")).equals(Optional.of("true"));
        Page<Agent> page = agents.list(call.caller(), all, query.text("q").orElse(null), PageRequest.of(query));
        return Reply.ok(new Page<>(
                page.data().stream()
                        .map(agent -> AgentView.of(agent, call.caller()))
                        .toList(),
                page.total(),
                page.page(),
                page.pageSize()));
    }

    private Reply get(Call call) {
        return tagged(200, call, find(call));
    }

    private Reply change(Call call) {
        return tagged(200, call, agents.change(call, PathIds.read(call, "agent")));
    }

    private Reply delete(Call call) {
        agents.delete(call, PathIds.read(call, "agent"));
        return Reply.noContent();
    }

    private Reply export(Call call) {
        Agent agent = find(call);
        Reply file = Reply.ok(AgentFile.of(agent.config()));
        Map<String, String> headers = new HashMap<>(file.headers());
        headers.put("content-disposition", "attachment; filename=\"" + agent.slug() + ".agent.json\"");
        return new Reply(200, Map.copyOf(headers), file.body());
    }

    private Reply importFile(Call call) {
        return tagged(201, call, agents.insert(call, AgentFile.read(call).config(), Optional.empty(), Visibility.OWN));
    }

    private Reply examples(Call call) {
        QueryParameters.none(call);
        return Reply.ok(Map.of("data", AgentExamples.ALL));
    }

    private Reply versions(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("page", "page_size"));
        return Reply.ok(agents.versions(call.caller(), PathIds.read(call, "agent"), PageRequest.of(query)));
    }

    private Reply version(Call call) {
        Agent agent = agents.version(call.caller(), PathIds.read(call, "agent"), versionOf(call));
        return Reply.ok(AgentView.of(agent, call.caller()));
    }

    private Reply diff(Call call) {
        UUID id = PathIds.read(call, "agent");
        QueryParameters query = new QueryParameters(call, Set.of("to"));
        int to = query.integer("to", 1, MOST_VERSIONS, 0);
        Agent before = agents.version(call.caller(), id, versionOf(call));
        Agent after = to == 0 ? find(call) : agents.version(call.caller(), id, to);
        return Reply.ok(Map.of("data", AgentDiff.between(before.config(), after.config())));
    }

    private Reply restore(Call call) {
        return tagged(200, call, agents.restore(call, PathIds.read(call, "agent"), versionOf(call)));
    }

    private Agent find(Call call) {
        return agents.find(call.caller(), PathIds.read(call, "agent")).orElseThrow(() -> PathIds.notFound("agent"));
    }

    private static int versionOf(Call call) {
        String text = call.pathParameter("version");
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw PathIds.notFound("agent_version");
        }
        return Integer.parseInt(text);
    }

    private static Reply tagged(int status, Call call, Agent agent) {
        return TaggedReply.of(status, AgentView.of(agent, call.caller()), agent.version());
    }
}
