package dev.jarvis.control.body;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/v1/body-policies}, for administrators. In force on every gateway within two seconds. */
public final class BodyPolicyEndpoint {
    private static final List<String> SCOPES = List.of("model", "caller_key");
    private static final String ONE = "/api/v1/body-policies/{scope}/{subject_id}";

    private final Jdbi jdbi;
    private final Audit audit;

    public BodyPolicyEndpoint(Jdbi jdbi, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/body-policies", Access.ADMIN, this::list)
                .add(HttpMethod.PUT, ONE, Access.ADMIN, this::put)
                .add(HttpMethod.DELETE, ONE, Access.ADMIN, this::delete);
    }

    private Reply list(Call call) {
        QueryParameters.none(call);
        return Reply.ok(Map.of("data", jdbi.withHandle(BodyPolicyTable::list)));
    }

    private Reply put(Call call) {
        String scope = scope(call);
        UUID subject = subject(call);
        Fields in = Fields.of(call).require("policy");
        String policy = in.choice("policy", BodyPolicy.codes(), "");
        in.refuseOthers();
        return Reply.ok(jdbi.inTransaction(handle -> {
            if (!BodyPolicyTable.subjectExists(handle, scope, subject)) {
                throw Refusal.notFound(
                        "subject_not_found", "There is no such model or caller key. Check scope and id.");
            }
            Optional<BodyPolicyEntry> before = BodyPolicyTable.lock(handle, scope, subject);
            BodyPolicyEntry after = BodyPolicyTable.put(handle, scope, subject, policy);
            audit.record(handle, call, "body_policy.set", target(scope, subject), before.orElse(null), after);
            return after;
        }));
    }

    private Reply delete(Call call) {
        String scope = scope(call);
        UUID subject = subject(call);
        jdbi.useTransaction(handle -> {
            BodyPolicyEntry before =
                    BodyPolicyTable.lock(handle, scope, subject).orElseThrow(BodyPolicyEndpoint::notFound);
            BodyPolicyTable.delete(handle, scope, subject);
            audit.record(handle, call, "body_policy.delete", target(scope, subject), before, null);
        });
        return Reply.noContent();
    }

    private static String scope(Call call) {
        String scope = call.pathParameter("scope");
        if (!SCOPES.contains(scope)) {
            throw notFound();
        }
        return scope;
    }

    private static UUID subject(Call call) {
        return Uuids.canonical(call.pathParameter("subject_id")).orElseThrow(BodyPolicyEndpoint::notFound);
    }

    private static Refusal notFound() {
        return Refusal.notFound("body_policy_not_found", "There is no such policy. Check scope and id.");
    }

    private static Target target(String scope, UUID subject) {
        return new Target("body_policy", scope + "/" + subject);
    }
}
