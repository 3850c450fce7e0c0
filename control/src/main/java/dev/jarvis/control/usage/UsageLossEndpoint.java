package dev.jarvis.control.usage;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * {@code GET /api/v1/usage/losses}, for administrators: how many usage records a restore of the database has lost, which the
 * gateways find out when they start. Without it a report after a restore would look whole.
 */
public final class UsageLossEndpoint {
    private static final String NEWEST = """
            SELECT l.node_id, n.name, l.lost, l.found_at
            FROM usage_losses l LEFT JOIN gateway_nodes n ON n.id = l.node_id
            ORDER BY l.found_at DESC, l.node_id
            LIMIT 1000
            """;

    private final Jdbi jdbi;

    /** @param nodeName {@code null}: the node is forgotten */
    private record Loss(UUID nodeId, @Nullable String nodeName, long lost, Instant foundAt) {}

    private record Listing(List<Loss> data) {}

    public UsageLossEndpoint(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints.add(HttpMethod.GET, "/api/v1/usage/losses", Access.ADMIN, this::list);
    }

    private Reply list(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new Listing(jdbi.withHandle(handle -> handle.createQuery(NEWEST)
                .map((row, context) -> new Loss(
                        row.getObject("node_id", UUID.class),
                        row.getString("name"),
                        row.getLong("lost"),
                        row.getObject("found_at", OffsetDateTime.class).toInstant()))
                .list())));
    }
}
