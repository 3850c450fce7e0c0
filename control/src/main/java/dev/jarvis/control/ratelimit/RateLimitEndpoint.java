package dev.jarvis.control.ratelimit;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/rate-limits}, for administrators. */
public final class RateLimitEndpoint {
    private static final List<String> SCOPES = List.of("team", "user", "caller_key", "model", "provider_key");
    private static final String ONE = "/api/v1/rate-limits/{scope}/{subject_id}";

    private final RateLimits limits;
    private final RateLimitListing listing;

    public RateLimitEndpoint(Jdbi jdbi, RateLimits limits) {
        this.limits = limits;
        this.listing = new RateLimitListing(jdbi);
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/rate-limits", Access.ADMIN, this::list)
                .add(HttpMethod.GET, ONE, Access.ADMIN, this::get)
                .add(HttpMethod.PUT, ONE, Access.ADMIN, this::put)
                .add(HttpMethod.DELETE, ONE, Access.ADMIN, this::delete);
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("scope", "page", "page_size"));
        return Reply.ok(listing.list(query.choice("scope", SCOPES), PageRequest.of(query)));
    }

    private Reply get(Call call) {
        return Reply.ok(listing.find(scope(call), subject(call)).orElseThrow(RateLimits::notFound));
    }

    private Reply put(Call call) {
        return Reply.ok(limits.put(call, scope(call), subject(call)));
    }

    private Reply delete(Call call) {
        limits.delete(call, scope(call), subject(call));
        return Reply.noContent();
    }

    /** A scope that does not exist is a limit that does not exist. */
    private static String scope(Call call) {
        String scope = call.pathParameter("scope");
        if (!SCOPES.contains(scope)) {
            throw RateLimits.notFound();
        }
        return scope;
    }

    private static UUID subject(Call call) {
        return Uuids.canonical(call.pathParameter("subject_id")).orElseThrow(RateLimits::notFound);
    }
}
