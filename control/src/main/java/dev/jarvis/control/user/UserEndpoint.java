package dev.jarvis.control.user;

import dev.jarvis.platform.answer.SecretReply;
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

/** {@code /api/v1/users}: administrators only. */
public final class UserEndpoint {
    private final Users users;
    private final UserListing listing;

    public UserEndpoint(Jdbi jdbi, Users users) {
        this.users = users;
        this.listing = new UserListing(jdbi);
    }

    /** PATCH is another name of PUT: what is absent stays. */
    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, "/api/v1/users", Access.ADMIN, this::create)
                .add(HttpMethod.GET, "/api/v1/users", Access.ADMIN, this::list)
                .add(HttpMethod.GET, "/api/v1/users/{id}", Access.ADMIN, this::get)
                .add(HttpMethod.PUT, "/api/v1/users/{id}", Access.ADMIN, this::change)
                .add(HttpMethod.PATCH, "/api/v1/users/{id}", Access.ADMIN, this::change)
                .add(HttpMethod.DELETE, "/api/v1/users/{id}", Access.ADMIN, this::delete)
                .add(HttpMethod.POST, "/api/v1/users/{id}/password-reset", Access.ADMIN, this::resetPassword);
    }

    private Reply create(Call call) {
        return SecretReply.of(201, users.create(call));
    }

    private Reply list(Call call) {
        QueryParameters query =
                new QueryParameters(call, Set.of("q", "role", "status", "team_id", "page", "page_size"));
        return Reply.ok(listing.list(UserListing.Filter.of(query), PageRequest.of(query)));
    }

    private Reply get(Call call) {
        return Reply.ok(listing.find(PathIds.read(call, "user")).orElseThrow(() -> PathIds.notFound("user")));
    }

    private Reply change(Call call) {
        return Reply.ok(users.change(call, PathIds.read(call, "user")));
    }

    private Reply resetPassword(Call call) {
        return SecretReply.of(201, users.resetPassword(call, PathIds.read(call, "user")));
    }

    private Reply delete(Call call) {
        users.delete(call, PathIds.read(call, "user"));
        return Reply.noContent();
    }
}
