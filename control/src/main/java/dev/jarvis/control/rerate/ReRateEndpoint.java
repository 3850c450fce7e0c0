package dev.jarvis.control.rerate;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

/** {@code POST /api/v1/usage/re-rate}: shows what a corrected price changes, then changes it, for administrators. */
public final class ReRateEndpoint {
    private final ReRating reRating;

    public ReRateEndpoint(Jdbi jdbi, Audit audit) {
        this.reRating = new ReRating(jdbi, audit);
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints.add(HttpMethod.POST, "/api/v1/usage/re-rate", Access.ADMIN, this::reRate);
    }

    private Reply reRate(Call call) {
        QueryParameters.none(call);
        return Reply.ok(reRating.run(call, ReRateRequest.read(call)));
    }
}
