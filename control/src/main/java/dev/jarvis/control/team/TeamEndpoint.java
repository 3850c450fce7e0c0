package dev.jarvis.control.team;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.util.Set;

/** {@code /api/v1/teams}: administrators; a team's leads may read theirs. */
public final class TeamEndpoint {
    private static final String ALL = "/api/v1/teams";
    private static final String ONE = ALL + "/{id}";
    private static final String MEMBER = ONE + "/members/{user_id}";

    private final Teams teams;
    private final TeamListing listing;

    public TeamEndpoint(Jdbi jdbi, Teams teams) {
        this.teams = teams;
        this.listing = new TeamListing(jdbi);
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, ALL, Access.ADMIN, this::create)
                .add(HttpMethod.GET, ALL, Access.ADMIN, this::list)
                .add(HttpMethod.GET, ONE, Access.USER, this::get)
                .add(HttpMethod.PUT, ONE, Access.ADMIN, this::change)
                .add(HttpMethod.DELETE, ONE, Access.ADMIN, this::delete)
                .add(HttpMethod.PUT, MEMBER, Access.ADMIN, this::putMember)
                .add(HttpMethod.DELETE, MEMBER, Access.ADMIN, this::removeMember);
    }

    private Reply create(Call call) {
        QueryParameters.none(call);
        return Reply.created(teams.create(call));
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("q", "user_id", "page", "page_size"));
        return Reply.ok(
                listing.list(query.text("q").orElse(null), query.id("user_id").orElse(null), PageRequest.of(query)));
    }

    private Reply get(Call call) {
        QueryParameters.none(call);
        return Reply.ok(teams.find(call.caller(), PathIds.read(call, "team")));
    }

    private Reply change(Call call) {
        QueryParameters.none(call);
        return Reply.ok(teams.change(call, PathIds.read(call, "team")));
    }

    private Reply delete(Call call) {
        QueryParameters.none(call);
        teams.delete(call, PathIds.read(call, "team"));
        return Reply.noContent();
    }

    private Reply putMember(Call call) {
        QueryParameters.none(call);
        return Reply.ok(teams.putMember(call, PathIds.read(call, "team"), PathIds.read(call, "user_id", "user")));
    }

    private Reply removeMember(Call call) {
        QueryParameters.none(call);
        teams.removeMember(call, PathIds.read(call, "team"), PathIds.read(call, "user_id", "user"));
        return Reply.noContent();
    }
}
