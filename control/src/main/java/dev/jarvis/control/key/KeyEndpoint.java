package dev.jarvis.control.key;

import dev.jarvis.platform.answer.SecretReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/keys}: everyone for their own keys, administrators for all. */
public final class KeyEndpoint {
    private final Keys keys;
    private final KeyListing listing;

    public KeyEndpoint(Jdbi jdbi, Keys keys) {
        this.keys = keys;
        this.listing = new KeyListing(jdbi);
    }

    /** PATCH is another name of PUT: what is absent stays. */
    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, "/api/v1/keys", Access.USER, this::create)
                .add(HttpMethod.GET, "/api/v1/keys", Access.USER, this::list)
                .add(HttpMethod.GET, "/api/v1/keys/{id}", Access.USER, this::get)
                .add(HttpMethod.PUT, "/api/v1/keys/{id}", Access.USER, this::change)
                .add(HttpMethod.PATCH, "/api/v1/keys/{id}", Access.USER, this::change)
                .add(HttpMethod.DELETE, "/api/v1/keys/{id}", Access.USER, this::revoke);
    }

    private Reply create(Call call) {
        return SecretReply.of(201, keys.create(call));
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("user_id", "all", "q", "page", "page_size"));
        return Reply.ok(
                listing.list(owner(call.caller(), query), query.text("q").orElse(null), PageRequest.of(query)));
    }

    private Reply get(Call call) {
        return Reply.ok(listing.find(PathIds.read(call, "key"))
                .filter(key -> Keys.isOpenTo(call.caller(), key))
                .orElseThrow(() -> PathIds.notFound("key")));
    }

    private Reply change(Call call) {
        return Reply.ok(keys.change(call, PathIds.read(call, "key")));
    }

    private Reply revoke(Call call) {
        keys.revoke(call, PathIds.read(call, "key"));
        return Reply.noContent();
    }

    /** Whose keys are wanted: the caller's, and of administrators who say so a user's ({@code user_id}) or all ({@code all}). */
    private static @Nullable UUID owner(Identity caller, QueryParameters query) {
        Optional<UUID> user = query.id("user_id");
        boolean all = query.choice("all", List.of("true", "false")).equals(Optional.of("true"));
        if (user.isEmpty() && !all) {
            return caller.userId();
        }
        if (caller.role() != Role.ADMIN && !user.equals(Optional.of(caller.userId()))) {
            throw Refusal.forbidden("admin_required", "Only an administrator may list the keys of others.");
        }
        return user.orElse(null);
    }
}
