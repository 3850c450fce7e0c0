package dev.jarvis.control.body;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.body.BodyKeys;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.vault.Vault;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;

/**
 * {@code GET /api/v1/usage/records/{id}/bodies} and {@code DELETE /api/v1/users/{id}/bodies}, for administrators. That
 * somebody reads what another wrote is itself on record: no audit record, no bodies.
 */
public final class BodyEndpoint {
    private final Jdbi jdbi;
    private final BodyTable table;
    private final Audit audit;

    /** What the audit log says of a reading: whose, and of which call. */
    private record Reading(UUID userId, @Nullable String username, String requestId, String model, String policy) {}

    public BodyEndpoint(Jdbi jdbi, Vault vault, Audit audit) {
        this.jdbi = jdbi;
        this.table = new BodyTable(new BodyKeys(vault));
        this.audit = audit;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/usage/records/{id}/bodies", Access.ADMIN, this::read)
                .add(HttpMethod.DELETE, "/api/v1/users/{id}/bodies", Access.ADMIN, this::delete);
    }

    private Reply read(Call call) {
        QueryParameters.none(call);
        UUID id = PathIds.read(call, "bodies");
        return Reply.ok(jdbi.inTransaction(handle -> {
            KeptBodies bodies = table.find(handle, id).orElseThrow(() -> PathIds.notFound("bodies"));
            audit.record(
                    handle,
                    call,
                    "bodies.read",
                    Target.of("record", bodies.attemptId()),
                    null,
                    new Reading(
                            bodies.userId(), bodies.username(), bodies.requestId(), bodies.model(), bodies.policy()));
            return bodies;
        }));
    }

    private Reply delete(Call call) {
        QueryParameters.none(call);
        UUID user = PathIds.read(call, "user");
        return Reply.ok(jdbi.inTransaction(handle -> {
            Map<String, Integer> deleted = Map.of("deleted", table.deleteOf(handle, user));
            audit.record(handle, call, "bodies.delete", Target.of("user", user), deleted, null);
            return deleted;
        }));
    }
}
