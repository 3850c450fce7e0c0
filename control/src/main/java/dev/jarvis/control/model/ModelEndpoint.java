package dev.jarvis.control.model;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.price.Catalogue;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.ExpectedVersion;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.vault.Vault;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /api/v1/llm-models}: models and their provider keys, for administrators. */
public final class ModelEndpoint {
    private static final String ALL = "/api/v1/llm-models";
    private static final String ONE = ALL + "/{id}";

    private final Models models;
    private final BulkModels bulk;
    private final ModelProbe probe;

    /** @param catalogue prices that a new model can ask for */
    public ModelEndpoint(
            Jdbi jdbi, Vault vault, AddressGuard guard, Audit audit, ModelProbe probe, Catalogue catalogue) {
        this.models = new Models(jdbi, vault, guard, audit, catalogue);
        this.bulk = new BulkModels(models);
        this.probe = probe;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, ALL, Access.ADMIN, this::list)
                .add(HttpMethod.POST, ALL, Access.ADMIN, this::create)
                .add(HttpMethod.POST, ALL + "/test", Access.ADMIN, this::testUnsaved)
                .add(HttpMethod.POST, ALL + "/bulk", Access.ADMIN, this::createSeveral)
                .add(HttpMethod.POST, ALL + "/bulk-status", Access.ADMIN, this::switchSeveral)
                .add(HttpMethod.GET, ONE, Access.ADMIN, this::get)
                .add(HttpMethod.PUT, ONE, Access.ADMIN, this::update)
                .add(HttpMethod.DELETE, ONE, Access.ADMIN, this::delete)
                .add(HttpMethod.POST, ONE + "/test", Access.ADMIN, this::test)
                .add(HttpMethod.POST, ONE + "/keys/{key_id}/restore", Access.ADMIN, this::restoreKey);
    }

    private Reply list(Call call) {
        return Reply.ok(models.search(ModelSearch.of(call)));
    }

    private Reply get(Call call) {
        QueryParameters.none(call);
        return tagged(200, models.find(id(call)));
    }

    private Reply create(Call call) {
        QueryParameters.none(call);
        return tagged(201, models.create(call));
    }

    private Reply createSeveral(Call call) {
        QueryParameters.none(call);
        return Reply.ok(bulk.create(call));
    }

    private Reply switchSeveral(Call call) {
        QueryParameters.none(call);
        return Reply.ok(bulk.switchAll(call));
    }

    private Reply update(Call call) {
        QueryParameters.none(call);
        return tagged(200, models.update(call, id(call)));
    }

    private Reply delete(Call call) {
        QueryParameters.none(call);
        models.delete(call, id(call));
        return Reply.noContent();
    }

    /** The body is optional: {@code {"key_id": …}} tests one key; fields of the model are laid over what is saved. */
    private Reply test(Call call) {
        QueryParameters.none(call);
        UUID id = id(call);
        Fields fields = call.body().length == 0 ? Fields.of(JsonNodeFactory.instance.objectNode()) : Fields.of(call);
        Optional<UUID> keyId = fields.id("key_id");
        return Reply.ok(
                models.changed(call, id, fields, keyId).map(probe::test).orElseGet(() -> probe.test(id, keyId)));
    }

    /** The body is that of a new model. */
    private Reply testUnsaved(Call call) {
        QueryParameters.none(call);
        return Reply.ok(probe.test(models.candidate(call)));
    }

    private Reply restoreKey(Call call) {
        QueryParameters.none(call);
        return tagged(200, models.restoreKey(call, id(call), PathIds.read(call, "key_id", "key")));
    }

    private static UUID id(Call call) {
        return Models.id(call.pathParameter("id"));
    }

    private static Reply tagged(int status, ModelView model) {
        Reply reply = Reply.json(status, model);
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("etag", ExpectedVersion.tag(model.version()));
        return new Reply(status, headers, reply.body());
    }
}
