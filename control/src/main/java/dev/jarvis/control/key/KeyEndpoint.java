package dev.jarvis.control.key;

import dev.jarvis.control.request.Fields;
import dev.jarvis.control.request.PageRequest;
import dev.jarvis.control.request.PathIds;
import dev.jarvis.control.request.SecretReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.Role;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
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
        return SecretReply.of(201, keys.create(call, call.read(NewKey.class)));
    }

    private Reply list(Call call) {
        return Reply.ok(listing.list(owner(call), PageRequest.of(call)));
    }

    private Reply get(Call call) {
        return Reply.ok(listing.find(PathIds.read(call, "key"))
                .filter(key -> Keys.isOpenTo(call.caller(), key))
                .orElseThrow(() -> PathIds.notFound("key")));
    }

    private Reply change(Call call) {
        return Reply.ok(keys.change(call, PathIds.read(call, "key"), call.read(KeyChange.class)));
    }

    private Reply revoke(Call call) {
        keys.revoke(call, PathIds.read(call, "key"));
        return Reply.noContent();
    }

    /** Whose keys are wanted: the caller's, and of administrators who say so a user's ({@code user_id}) or all ({@code all}). */
    private static @Nullable UUID owner(Call call) {
        Identity caller = call.caller();
        Optional<String> user = call.queryParameter("user_id");
        boolean all = call.queryParameter("all")
                .map(value ->
                        Fields.oneOf(value, "all", List.of("true", "false")).equals("true"))
                .orElse(false);
        if (user.isEmpty() && !all) {
            return caller.userId();
        }
        Optional<UUID> owner = user.map(text -> Uuids.canonical(text)
                .orElseThrow(() -> Refusal.badRequest("invalid_parameter", "'user_id' is not an id.", "user_id")));
        if (caller.role() != Role.ADMIN && !owner.equals(Optional.of(caller.userId()))) {
            throw Refusal.forbidden("admin_required", "Only an administrator may list the keys of others.");
        }
        return owner.orElse(null);
    }
}
